package io.millrace.engine.internal;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The off-heap payloads of the ring's slots, each on cache lines of its own. */
final class SlotMemory {
    private static final int CACHE_LINE_BYTES = 64;

    private final UnsafeBuffer buffer;
    private final int strideBytes;

    SlotMemory(final int slots, final int maxPayloadBytes) {
        strideBytes = BitUtil.align(maxPayloadBytes, CACHE_LINE_BYTES);
        final long bytes = (long) slots * strideBytes;
        if (bytes > 1 << 30) {
            throw new IllegalArgumentException("ringSize * maxCommandBytes must be at most 1 GiB: ringSize=" + slots
                    + ", maxCommandBytes=" + maxPayloadBytes);
        }
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned((int) bytes, CACHE_LINE_BYTES));
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int offsetOf(final int slot) {
        return slot * strideBytes;
    }
}
