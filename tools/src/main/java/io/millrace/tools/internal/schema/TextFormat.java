package io.millrace.tools.internal.schema;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8, and nothing that merely resembles it. */
public final class TextFormat {
    static final PayloadFormat UTF8 = payload -> {
        final String text = text(payload, 0, payload.length);
        return text == null ? null : TextNode.valueOf(text);
    };

    private TextFormat() {}

    /** The text that those bytes are, null if they are none. */
    static String text(final byte[] bytes, final int offset, final int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (final CharacterCodingException e) {
            return null;
        }
    }

    /** The text that those bytes are if a person can read it, null if not. */
    public static String readable(final byte[] bytes) {
        final String text = text(bytes, 0, bytes.length);
        return text == null || text.codePoints().anyMatch(Character::isISOControl) ? null : text;
    }
}
