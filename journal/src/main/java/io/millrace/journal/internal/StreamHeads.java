package io.millrace.journal.internal;

import io.millrace.journal.JournalException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.collections.Long2LongHashMap;

/**
 * The newest event of every stream: an open-addressing table from stream id to last sequence and stream version. It is
 * looked up once for every event, live and in replay, at random places, so what counts is how much of it the processor's
 * caches hold: an entry is two longs, the versions that do not fit lie elsewhere, and the table is no larger than needed.
 *
 * <pre>
 *   0              64                      112       128 bits
 *  +--------------+-----------------------+---------+
 *  |  stream id   |     last sequence     | version |   0xFFFF: the version is in {@code longVersions}
 *  +--------------+-----------------------+---------+
 * </pre>
 *
 * <p>Of streams whose ids are small only the second long is kept, in an array that the id is the index of: a third of the memory,
 * and no look beside.
 *
 * <p>One thread writes, any thread may ask for {@link #lastSequence}. An entry is published by the release store of its
 * second long, which is never 0, and the table by the release store of {@code table}; both pair with the acquire loads
 * in {@code lastSequence}. Nothing is ever removed.
 */
public final class StreamHeads {
    private static final int STRIDE = 2;
    private static final int STREAM_ID = 0;
    private static final int HEAD = 1;
    private static final int VERSION_BITS = 16;
    private static final int LONG_VERSION = (1 << VERSION_BITS) - 1;
    private static final long MAX_SEQUENCE = -1L >>> VERSION_BITS;
    private static final int MIN_CAPACITY = 64;
    private static final int MAX_CAPACITY = 1 << 29;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle TABLE;

    static {
        try {
            TABLE = MethodHandles.lookup().findVarHandle(StreamHeads.class, "table", long[].class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Long2LongHashMap longVersions = new Long2LongHashMap(0);
    /** Heads of the streams with the ids 0, 1, 2 and so on. */
    private final long[] dense;

    private long[] table;
    private int hashed;
    private int denseStreams;
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
        this(expectedStreams, 0);
    }

    /**
     * Creates a table.
     *
     * @param expectedStreams number of streams to hold before it grows
     * @param denseStreams streams with ids below it are found without hashing
     */
    public StreamHeads(final int expectedStreams, final int denseStreams) {
        dense = new long[denseStreams];
        final long expectedHashed = Math.max(0, expectedStreams - denseStreams);
        final long capacity = Math.max(MIN_CAPACITY, expectedHashed * 3 / 2 + 1);
        table = new long[(int) Math.min(MAX_CAPACITY, capacity) * STRIDE];
    }

    /**
     * Makes an event the newest of its stream. The stream's version and the event it replaces are then in
     * {@link #advancedVersion()} and {@link #advancedPrevious()}.
     *
     * @param streamId of the stream
     * @param sequence of the event, from 1
     * @throws JournalException if the sequence is 2^48 or more, with which a journal ends: at a million events a second
     *     after nine years
     */
    public void advance(final long streamId, final long sequence) {
        if (isDense(streamId)) {
            advanceDense((int) streamId, sequence);
        } else {
            advanceHashed(streamId, sequence);
        }
    }

    private boolean isDense(final long streamId) {
        return streamId >= 0 && streamId < dense.length;
    }

    private void advanceDense(final int streamId, final long sequence) {
        final long head = dense[streamId];
        advancedVersion = head == 0 ? 1 : version(streamId, head) + 1;
        putDense(streamId, sequence, advancedVersion);
        advancedPrevious = head >>> VERSION_BITS;
    }

    private void putDense(final int streamId, final long sequence, final long version) {
        final long head = head(streamId, sequence, version);
        if (dense[streamId] == 0) {
            denseStreams++;
        }
        LONGS.setRelease(dense, streamId, head);
    }

    private void advanceHashed(final long streamId, final long sequence) {
        final long[] entries = table;
        final int entry = find(entries, streamId);
        final long head = entries[entry + HEAD];
        if (head == 0) {
            insert(entries, entry, streamId, sequence, 1);
            advancedVersion = 1;
        } else {
            advancedVersion = version(streamId, head) + 1;
            LONGS.setRelease(entries, entry + HEAD, head(streamId, sequence, advancedVersion));
        }
        advancedPrevious = head >>> VERSION_BITS;
    }

    private long version(final long streamId, final long head) {
        final long version = head & LONG_VERSION;
        return version == LONG_VERSION ? longVersions.get(streamId) : version;
    }

    /** What an entry says of a stream; a version that does not fit goes to its own place. */
    private long head(final long streamId, final long sequence, final long version) {
        if (sequence > MAX_SEQUENCE) {
            throw new JournalException("a journal must have at most 2^48 - 1 events: sequence=" + sequence);
        }
        if (version >= 0 && version < LONG_VERSION) {
            return sequence << VERSION_BITS | version;
        }
        longVersions.put(streamId, version);
        return sequence << VERSION_BITS | LONG_VERSION;
    }

    /**
     * Takes up a stream whose first events are not there any more, if it is not known yet.
     *
     * @param streamId of the stream
     * @param version that it had
     * @param lastSequence of the last event that is gone
     * @throws JournalException as {@link #advance}
     */
    public void resume(final long streamId, final long version, final long lastSequence) {
        if (isDense(streamId)) {
            if (dense[(int) streamId] == 0) {
                putDense((int) streamId, lastSequence, version);
            }
            return;
        }
        final long[] entries = table;
        final int entry = find(entries, streamId);
        if (entries[entry + HEAD] == 0) {
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
            final long streamId = streamIds[i];
            if (isDense(streamId)) {
                kept += dense[(int) streamId];
                continue;
            }
            final int entry = home(streamId, entries);
            // Both: an array may begin anywhere, so one in four entries may lie across two cache lines.
            kept += entries[entry + STREAM_ID] + entries[entry + HEAD];
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
        if (isDense(streamId)) {
            return (long) LONGS.getAcquire(dense, (int) streamId) >>> VERSION_BITS;
        }
        final long[] entries = (long[]) TABLE.getAcquire(this);
        int entry = home(streamId, entries);
        while (true) {
            final long head = (long) LONGS.getAcquire(entries, entry + HEAD);
            if (head == 0 || entries[entry + STREAM_ID] == streamId) {
                return head >>> VERSION_BITS;
            }
            entry = behind(entry, entries);
        }
    }

    /**
     * Number of streams.
     *
     * @return the count; for the writing thread
     */
    public int size() {
        return hashed + denseStreams;
    }

    private void insert(
            final long[] entries, final int entry, final long streamId, final long sequence, final long version) {
        final long head = head(streamId, sequence, version);
        entries[entry + STREAM_ID] = streamId;
        LONGS.setRelease(entries, entry + HEAD, head);
        if (++hashed * 3L > entries.length / STRIDE * 2L) {
            grow();
        }
    }

    private void grow() {
        final long[] old = table;
        if (old.length / STRIDE >= MAX_CAPACITY) {
            throw new IllegalStateException("journal must have at most " + MAX_CAPACITY / 3 * 2 + " streams");
        }
        final long[] grown = new long[(int) Math.min(MAX_CAPACITY * (long) STRIDE, old.length * 2L)];
        for (int entry = 0; entry < old.length; entry += STRIDE) {
            if (old[entry + HEAD] != 0) {
                System.arraycopy(old, entry, grown, find(grown, old[entry + STREAM_ID]), STRIDE);
            }
        }
        TABLE.setRelease(this, grown);
    }

    private static int find(final long[] entries, final long streamId) {
        int entry = home(streamId, entries);
        while (entries[entry + HEAD] != 0 && entries[entry + STREAM_ID] != streamId) {
            entry = behind(entry, entries);
        }
        return entry;
    }

    private static int behind(final int entry, final long[] entries) {
        final int next = entry + STRIDE;
        return next == entries.length ? 0 : next;
    }

    /**
     * Fibonacci hashing: the top bits of the product choose the entry, so dense ids spread evenly; brought into the range
     * by Lemire's multiplication, which asks for no power of two.
     */
    private static int home(final long streamId, final long[] entries) {
        final long hash = streamId * 0x9E37_79B9_7F4A_7C15L >>> Integer.SIZE;
        return (int) (hash * (entries.length / STRIDE) >>> Integer.SIZE) * STRIDE;
    }
}
