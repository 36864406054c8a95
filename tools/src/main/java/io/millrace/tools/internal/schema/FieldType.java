package io.millrace.tools.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a field of a payload can be; little-endian. The names in a schema file are these in small letters. */
enum FieldType {
    U8(1),
    I8(1),
    U16(2),
    I16(2),
    U32(4),
    I32(4),
    U64(8),
    I64(8),
    U128(16),
    F32(4),
    F64(8),
    /** One byte, 0 is false. */
    BOOL(1),
    /** Length in bytes as U16, and that many bytes of UTF-8. */
    TEXT16(-1),
    /** Length in bytes as U32, and that many bytes of UTF-8. */
    TEXT32(-1),
    /** UTF-8 up to the end. */
    UTF8(-1),
    /** Bytes up to the end, shown as hex. */
    HEX(-1);

    private static final int MAX_U16 = 0xFFFF;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final int bytes;

    FieldType(final int bytes) {
        this.bytes = bytes;
    }

    /** Null when there is none of that name. */
    static FieldType named(final String name) {
        for (final FieldType type : values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        return null;
    }

    static List<String> names() {
        return Stream.of(values())
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** How long the field is that begins there, which may be longer than what is left. */
    long length(final ByteBuffer payload, final int offset) {
        final int left = payload.limit() - offset;
        return switch (this) {
            case TEXT16 -> left < Short.BYTES ? Short.BYTES : Short.BYTES + (long) (payload.getShort(offset) & MAX_U16);
            case TEXT32 ->
                left < Integer.BYTES ? Integer.BYTES : Integer.BYTES + Integer.toUnsignedLong(payload.getInt(offset));
            case UTF8, HEX -> left;
            default -> bytes;
        };
    }

    /** The field, which lies within the payload; null when its bytes are no text, though they should be. */
    JsonNode read(final ByteBuffer payload, final int offset, final int length) {
        return switch (this) {
            case U8 -> NODES.numberNode(payload.get(offset) & 0xFF);
            case I8 -> NODES.numberNode(payload.get(offset));
            case U16 -> NODES.numberNode(payload.getShort(offset) & MAX_U16);
            case I16 -> NODES.numberNode(payload.getShort(offset));
            case U32 -> NODES.numberNode(Integer.toUnsignedLong(payload.getInt(offset)));
            case I32 -> NODES.numberNode(payload.getInt(offset));
            case I64 -> NODES.numberNode(payload.getLong(offset));
            case U64, U128 -> NODES.numberNode(unsigned(payload, offset, length));
            case F32 -> NODES.numberNode(payload.getFloat(offset));
            case F64 -> NODES.numberNode(payload.getDouble(offset));
            case BOOL -> NODES.booleanNode(payload.get(offset) != 0);
            case TEXT16 -> text(payload, offset + Short.BYTES, length - Short.BYTES);
            case TEXT32 -> text(payload, offset + Integer.BYTES, length - Integer.BYTES);
            case UTF8 -> text(payload, offset, length);
            case HEX -> NODES.textNode(HexFormat.of().formatHex(payload.array(), offset, offset + length));
        };
    }

    private static BigInteger unsigned(final ByteBuffer payload, final int offset, final int length) {
        final byte[] bigEndian = new byte[length];
        for (int i = 0; i < length; i++) {
            bigEndian[i] = payload.get(offset + length - 1 - i);
        }
        return new BigInteger(1, bigEndian);
    }

    private static JsonNode text(final ByteBuffer payload, final int offset, final int length) {
        final String text = TextFormat.text(payload.array(), offset, length);
        return text == null ? null : NODES.textNode(text);
    }
}
