package io.millrace.engine.internal;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The off-heap memory of the ring's slots. Everything that crosses from a publisher to the writer lies here, header and
 * payload side by side, so that a short command costs two neighbouring cache lines; {@link CommandSlot} names the fields.
 *
 * <pre>
 *   0    1    2        4        8        12          16           24          32
 *  +----+----+--------+--------+--------+-----------+------------+-----------+----------
 *  |kind|dur.|   0    | typeId | length | publisher | request id | client id | payload…
 *  +----+----+--------+--------+--------+-----------+------------+-----------+----------
 * </pre>
 */
final class SlotMemory {
    static final int KIND_OFFSET = 0;
    static final int DURABILITY_OFFSET = 1;
    static final int TYPE_ID_OFFSET = 4;
    static final int LENGTH_OFFSET = 8;
    static final int PUBLISHER_OFFSET = 12;
    static final int REQUEST_ID_OFFSET = 16;
    static final int CLIENT_ID_OFFSET = 24;
    static final int PAYLOAD_OFFSET = 32;

    private static final int CACHE_LINE_BYTES = 64;
    private static final int LINE_PAIR_BYTES = 128;

    private final UnsafeBuffer buffer;
    private final int strideBytes;

    SlotMemory(final int slots, final int maxPayloadBytes) {
        strideBytes = BitUtil.align(PAYLOAD_OFFSET + maxPayloadBytes, CACHE_LINE_BYTES);
        final long bytes = (long) slots * strideBytes;
        if (bytes > 1 << 30) {
            throw new IllegalArgumentException("ringSize * maxCommandBytes must be at most 1 GiB: ringSize=" + slots
                    + ", maxCommandBytes=" + maxPayloadBytes);
        }
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned((int) bytes, LINE_PAIR_BYTES));
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int offsetOf(final int slot) {
        return slot * strideBytes;
    }
}
