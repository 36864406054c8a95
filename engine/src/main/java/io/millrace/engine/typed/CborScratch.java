package io.millrace.engine.typed;

/** What one thread needs to write and read CBOR without new arrays. */
final class CborScratch {
    private static final int MAX_KEPT_BYTES = 1 << 16;

    private final BufferOutput output = new BufferOutput();
    private byte[] bytes = new byte[512];

    BufferOutput output() {
        return output;
    }

    /** At least so long. A long one is not kept: one large value must not hold memory in every thread for ever. */
    byte[] bytes(final int length) {
        if (length <= bytes.length) {
            return bytes;
        }
        final byte[] longer = new byte[Math.max(length, Math.min(2 * bytes.length, MAX_KEPT_BYTES))];
        if (longer.length <= MAX_KEPT_BYTES) {
            bytes = longer;
        }
        return longer;
    }
}
