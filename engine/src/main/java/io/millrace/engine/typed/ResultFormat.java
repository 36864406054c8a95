package io.millrace.engine.typed;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The result payload of typed commands. That of a rejected one is its reason in UTF-8. That of an accepted one, when it
 * has a result, in little-endian byte order:
 *
 * <pre>
 *   0          2                4
 *   +----------+----------------+------------------+
 *   | type id  | schema version | bytes of a codec |
 *   +----------+----------------+------------------+
 * </pre>
 */
final class ResultFormat {
    static final Types<Object> NONE = Types.of(Object.class).build();

    private static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int VERSION_OFFSET = 2;
    private static final int HEADER_LENGTH = 4;
    private static final int MAX_U16 = 0xFFFF;

    private ResultFormat() {}

    static int encode(final Types<Object> types, final Object result, final MutableDirectBuffer buffer) {
        final Registration<?> registration = types.registered(result.getClass());
        buffer.putShort(0, (short) registration.typeId(), BYTE_ORDER);
        buffer.putShort(VERSION_OFFSET, (short) registration.schemaVersion(), BYTE_ORDER);
        return HEADER_LENGTH + registration.encode(result, buffer, HEADER_LENGTH);
    }

    /** Null for an empty payload. */
    static Object decode(final Types<Object> types, final byte[] payload) {
        if (payload.length == 0) {
            return null;
        }
        if (payload.length <= HEADER_LENGTH) {
            throw new CodecException(
                    "result payload must be longer than its header of 4 bytes: length=" + payload.length, null);
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(payload);
        return types.decode(
                buffer.getShort(0, BYTE_ORDER) & MAX_U16,
                buffer.getShort(VERSION_OFFSET, BYTE_ORDER) & MAX_U16,
                buffer,
                HEADER_LENGTH,
                payload.length - HEADER_LENGTH);
    }

    /** Whole characters only, however short it must be. */
    static byte[] encodeReason(final String reason, final int maxBytes) {
        final byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return bytes;
        }
        int end = maxBytes;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    static String decodeReason(final byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
