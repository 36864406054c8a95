package io.millrace.engine.internal;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where command records lie between decide and the last reader: a circular off-heap buffer. Positions count bytes from
 * the start of time; a record never wraps, so the room left at the end is skipped when it might not do. For the deciding
 * thread; others only read records that the ring's sequences handed to them.
 */
final class RecordRing {
    private static final int RECORDS = 8;
    private static final int MAX_RECORD_BYTES = (1 << 30) / RECORDS;
    private static final int CACHE_LINE_BYTES = 64;

    private final UnsafeBuffer buffer;
    private final int maxRecordBytes;
    private final int capacity;
    private long position;
    private long released;

    RecordRing(final int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
        if (maxRecordBytes > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "maxCommitBytes must be at most 128 MiB for an engine: maxRecordBytes=" + maxRecordBytes);
        }
        capacity = BitUtil.findNextPositivePowerOfTwo(RECORDS * maxRecordBytes);
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity, CACHE_LINE_BYTES));
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int maxRecordBytes() {
        return maxRecordBytes;
    }

    /** Behind the last record. */
    long position() {
        return position;
    }

    /**
     * All records before that position have been read. When nothing is left, starts over at warm memory; the reader's
     * position then is behind until it reads on, and is not believed.
     */
    void release(final long uptoPosition) {
        released = Math.max(released, uptoPosition);
        if (released == position) {
            skipToStart();
            released = position;
        }
    }

    /** Whether the longest record would fit now. */
    boolean hasRoom() {
        if (offset() + maxRecordBytes > capacity) {
            skipToStart();
        }
        return position + maxRecordBytes - released <= capacity;
    }

    /** Where the next record starts in the buffer. */
    int offset() {
        return (int) position & capacity - 1;
    }

    void advance(final int recordLength) {
        position += recordLength;
    }

    private void skipToStart() {
        position = position + capacity - 1 & -(long) capacity;
    }
}
