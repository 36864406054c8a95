package io.millrace.engine.internal;

import io.millrace.journal.JournalFormat;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where command records lie between decide and the last reader, and results between journal and force: a circular off-heap
 * buffer. Positions count bytes from the start of time; a record never wraps, so the room left at the end is skipped when
 * it might not do. For the thread that puts them there; others only read what a sequence handed to them.
 */
final class RecordRing {
    private static final int RECORDS = 8;
    private static final int MAX_RECORD_BYTES = (1 << 30) / RECORDS;
    private static final int CACHE_LINE_BYTES = 64;

    /** Chronicle's header of an excerpt, 4 bytes, and its padding. */
    private static final int EXCERPT_HEADER_BYTES = 8;

    private final UnsafeBuffer buffer;
    private final int maxRecordBytes;
    private final int capacity;
    private long position;
    private long released;

    RecordRing(final int maxRecordBytes) {
        this(maxRecordBytes, capacity(maxRecordBytes));
    }

    /** With room for so many bytes, a power of 2. */
    RecordRing(final int maxRecordBytes, final int capacity) {
        this.maxRecordBytes = maxRecordBytes;
        this.capacity = capacity;
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity, CACHE_LINE_BYTES));
    }

    private static int capacity(final int maxRecordBytes) {
        if (maxRecordBytes > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "maxCommitBytes must be at most 128 MiB for an engine: maxRecordBytes=" + maxRecordBytes);
        }
        return BitUtil.findNextPositivePowerOfTwo(RECORDS * maxRecordBytes);
    }

    /**
     * Most bytes that can be decided and not yet journaled, as the journal will write them. Must fit into half of the
     * reserve, which is what the journal promises room for when it says that the disk is not full, because the state has been changed by what was decided: there is no way back.
     *
     * <p>Proof. A command is decided after the journal was asked, and said that half of its reserve fits behind what was journaled
     * by then. What was decided and not journaled by then, with the new record, lies in this ring, because a record is
     * released only after its append: so those records are at most the ring's capacity together. In the worst case each is
     * a commit of its own, with an envelope and an excerpt header. There are not more of them than ring slots, because a
     * slot too is reused only after the append, nor more than the shortest record fits into the capacity. So everything up
     * to and with the last command that is decided fits into that half, and whatever comes later is refused.
     */
    static long maxUnjournaledBytes(final int maxRecordBytes, final int ringSize) {
        final int capacity = capacity(maxRecordBytes);
        final long commits = Math.min(ringSize, capacity / JournalFormat.COMMAND_HEADER_LENGTH);
        return capacity + commits * (JournalFormat.COMMIT_HEADER_LENGTH + EXCERPT_HEADER_BYTES);
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
