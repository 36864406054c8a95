package io.millrace.journal.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The newest event of every stream: an open-addressing table from stream id to last sequence and stream version, four
 * longs an entry so that a look-up touches one cache line.
 *
 * <p>One thread writes, any thread may ask for {@link #lastSequence}. An entry is published by the release store of its
 * last sequence, which is never 0, and the table by the release store of {@code table}; both pair with the acquire loads
 * in {@code lastSequence}. Nothing is ever removed.
 */
public final class StreamHeads {
    private static final int STRIDE_SHIFT = 2;
    private static final int STREAM_ID = 0;
    private static final int LAST_SEQUENCE = 1;
    private static final int VERSION = 2;
    private static final int MIN_CAPACITY = 64;
    private static final int MAX_CAPACITY = 1 << 28;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle TABLE;

    static {
        try {
            TABLE = MethodHandles.lookup().findVarHandle(StreamHeads.class, "table", long[].class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long[] table;
    private int streams;
    private long advancedVersion;
    private long advancedPrevious;

    /** Keeps the reads of {@link #prefetch} alive. */
    private long prefetched;

    /**
     * Creates a table.
     *
     * @param expectedStreams number of streams to hold before it grows
     */
    public StreamHeads(final int expectedStreams) {
        int capacity = MIN_CAPACITY;
        while (capacity < MAX_CAPACITY && (long) capacity * 2 < expectedStreams * 3L) {
            capacity <<= 1;
        }
        table = new long[capacity << STRIDE_SHIFT];
    }

    /**
     * Makes an event the newest of its stream. The stream's version and the event it replaces are then in
     * {@link #advancedVersion()} and {@link #advancedPrevious()}.
     *
     * @param streamId of the stream
     * @param sequence of the event, above 0
     */
    public void advance(final long streamId, final long sequence) {
        final long[] entries = table;
        final int entry = find(entries, streamId);
        final long previous = entries[entry + LAST_SEQUENCE];
        if (previous == 0) {
            insert(entries, entry, streamId, sequence, 1);
            advancedVersion = 1;
        } else {
            advancedVersion = ++entries[entry + VERSION];
            LONGS.setRelease(entries, entry + LAST_SEQUENCE, sequence);
        }
        advancedPrevious = previous;
    }

    /**
     * Takes up a stream whose first events are not there any more, if it is not known yet.
     *
     * @param streamId of the stream
     * @param version that it had
     * @param lastSequence of the last event that is gone
     */
    public void resume(final long streamId, final long version, final long lastSequence) {
        final long[] entries = table;
        final int entry = find(entries, streamId);
        if (entries[entry + LAST_SEQUENCE] == 0) {
            insert(entries, entry, streamId, lastSequence, version);
        }
    }

    /**
     * The stream version after the last {@link #advance}.
     *
     * @return the version, from 1
     */
    public long advancedVersion() {
        return advancedVersion;
    }

    /**
     * The sequence that the last {@link #advance} replaced.
     *
     * @return the sequence, 0 if the stream was new
     */
    public long advancedPrevious() {
        return advancedPrevious;
    }

    /**
     * Reads what {@link #advance} will need for many streams, so that it is in the cache by then. The loop does nothing
     * else, so the waits for memory overlap. For the writing thread.
     *
     * @param streamIds of the streams
     * @param count how many of them
     */
    public void prefetch(final long[] streamIds, final int count) {
        final long[] entries = table;
        long kept = 0;
        for (int i = 0; i < count; i++) {
            final int entry = home(streamIds[i], entries);
            // Both ends: an array may begin anywhere, so half of the entries may lie across two cache lines.
            kept += entries[entry + STREAM_ID] + entries[entry + VERSION];
        }
        prefetched = kept;
    }

    /**
     * The newest event of a stream. Any thread.
     *
     * @param streamId of the stream
     * @return its sequence, 0 when the stream has none
     */
    public long lastSequence(final long streamId) {
        final long[] entries = (long[]) TABLE.getAcquire(this);
        final int mask = entries.length - 1;
        int entry = home(streamId, entries);
        while (true) {
            final long last = (long) LONGS.getAcquire(entries, entry + LAST_SEQUENCE);
            if (last == 0 || entries[entry + STREAM_ID] == streamId) {
                return last;
            }
            entry = entry + (1 << STRIDE_SHIFT) & mask;
        }
    }

    /**
     * Number of streams.
     *
     * @return the count; for the writing thread
     */
    public int size() {
        return streams;
    }

    private void insert(
            final long[] entries, final int entry, final long streamId, final long sequence, final long version) {
        entries[entry + STREAM_ID] = streamId;
        entries[entry + VERSION] = version;
        LONGS.setRelease(entries, entry + LAST_SEQUENCE, sequence);
        if (++streams * 3L > (entries.length >> STRIDE_SHIFT) * 2L) {
            grow();
        }
    }

    private void grow() {
        final long[] old = table;
        if (old.length >> STRIDE_SHIFT >= MAX_CAPACITY) {
            throw new IllegalStateException("journal must have at most " + MAX_CAPACITY / 3 * 2 + " streams");
        }
        final long[] grown = new long[old.length << 1];
        for (int entry = 0; entry < old.length; entry += 1 << STRIDE_SHIFT) {
            if (old[entry + LAST_SEQUENCE] != 0) {
                System.arraycopy(old, entry, grown, find(grown, old[entry + STREAM_ID]), 1 << STRIDE_SHIFT);
            }
        }
        TABLE.setRelease(this, grown);
    }

    private static int find(final long[] entries, final long streamId) {
        final int mask = entries.length - 1;
        int entry = home(streamId, entries);
        while (entries[entry + LAST_SEQUENCE] != 0 && entries[entry + STREAM_ID] != streamId) {
            entry = entry + (1 << STRIDE_SHIFT) & mask;
        }
        return entry;
    }

    /** Fibonacci hashing: the top bits of the product choose the entry, so dense ids spread evenly. */
    private static int home(final long streamId, final long[] entries) {
        final int bits = Integer.numberOfTrailingZeros(entries.length) - STRIDE_SHIFT;
        return (int) (streamId * 0x9E37_79B9_7F4A_7C15L >>> Long.SIZE - bits) << STRIDE_SHIFT;
    }
}
