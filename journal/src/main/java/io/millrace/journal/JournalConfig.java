package io.millrace.journal;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/**
 * Where a journal lives and what it may hold. A mutable builder: set what differs from the defaults, then open. Not
 * thread-safe. Each setter checks its own range; {@link Journal#open} checks the relations.
 */
public final class JournalConfig {
    /** Default of {@link #blockSizeBytes(int)}: 64 MiB. */
    public static final int DEFAULT_BLOCK_SIZE_BYTES = 64 << 20;

    /** Default of {@link #maxCommitBytes(int)}: 1 MiB. */
    public static final int DEFAULT_MAX_COMMIT_BYTES = 1 << 20;

    /** Default of {@link #maxResultBytes(int)}. */
    public static final int DEFAULT_MAX_RESULT_BYTES = 1024;

    /** Default of {@link #expectedStreams(int)}. */
    public static final int DEFAULT_EXPECTED_STREAMS = 16_384;

    /** Default of {@link #touchAheadBytes(int)}: 16 MiB. */
    public static final int DEFAULT_TOUCH_AHEAD_BYTES = 16 << 20;

    /** Default of {@link #rollBytes(long)}: 1 GiB. */
    public static final long DEFAULT_ROLL_BYTES = 1L << 30;

    /** Largest {@link #rollBytes(long)}: 64 GiB, so that no cycle holds more commits than can be numbered. */
    public static final long MAX_ROLL_BYTES = 64L << 30;

    /** Default of {@link #rollIntervalNs(long)}: one day. */
    public static final long DEFAULT_ROLL_INTERVAL_NS = TimeUnit.DAYS.toNanos(1);

    /** Default of {@link #reserveBytes(int)}: 32 MiB. */
    public static final int DEFAULT_RESERVE_BYTES = 32 << 20;

    /** Default of {@link #minFreeBytes(long)}: 64 MiB. */
    public static final long DEFAULT_MIN_FREE_BYTES = 64L << 20;

    private static final int MIN_BLOCK_SIZE_BYTES = 1 << 20;
    private static final int MIN_COMMIT_BYTES = 4096;
    private static final int MAX_DENSE_STREAMS = 1 << 28;
    private static final int MIN_RESERVE_BYTES = 256 << 10;

    private final Path directory;
    private int blockSizeBytes = DEFAULT_BLOCK_SIZE_BYTES;
    private int maxCommitBytes = DEFAULT_MAX_COMMIT_BYTES;
    private int maxResultBytes = DEFAULT_MAX_RESULT_BYTES;
    private int expectedStreams = DEFAULT_EXPECTED_STREAMS;
    private int denseStreams;
    private int touchAheadBytes = DEFAULT_TOUCH_AHEAD_BYTES;
    private long rollBytes = DEFAULT_ROLL_BYTES;
    private long rollIntervalNs = DEFAULT_ROLL_INTERVAL_NS;
    private int reserveBytes = DEFAULT_RESERVE_BYTES;
    private long minFreeBytes = DEFAULT_MIN_FREE_BYTES;
    private boolean allowLoosePermissions;
    private int[] eventTypes = {};
    private EpochNanoClock clock = new OffsetEpochNanoClock();

    private JournalConfig(final Path directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * A configuration with all defaults. Checks the JVM's flags, because without them code that touches an Agrona buffer
     * between here and the opening would fail with an error that does not say what to do.
     *
     * @param directory of the journal; created when it does not exist
     * @return a new configuration
     * @throws MissingJvmFlagsException if the JVM lacks a needed flag
     */
    public static JournalConfig at(final Path directory) {
        JvmFlags.require();
        return new JournalConfig(directory);
    }

    /**
     * Size of the blocks in which a cycle file is mapped and grown.
     *
     * @param bytes a power of two, at least 1 MiB, at least four times {@link #maxCommitBytes()}; the same at every
     *     opening
     * @return this
     */
    public JournalConfig blockSizeBytes(final int bytes) {
        if (Integer.bitCount(bytes) != 1 || bytes < MIN_BLOCK_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "blockSizeBytes must be a power of two, at least " + MIN_BLOCK_SIZE_BYTES + ": " + bytes);
        }
        blockSizeBytes = bytes;
        return this;
    }

    /**
     * Longest commit, and so the longest record of one command with all its events.
     *
     * @param bytes at least 4096
     * @return this
     */
    public JournalConfig maxCommitBytes(final int bytes) {
        maxCommitBytes = atLeast(MIN_COMMIT_BYTES, bytes, "maxCommitBytes");
        return this;
    }

    /**
     * Longest result payload of one command.
     *
     * @param bytes 0 to 65535
     * @return this
     */
    public JournalConfig maxResultBytes(final int bytes) {
        if (bytes > JournalFormat.MAX_U16) {
            throw new IllegalArgumentException("maxResultBytes must be at most 65535: " + bytes);
        }
        maxResultBytes = atLeast(0, bytes, "maxResultBytes");
        return this;
    }

    /**
     * How many streams to make room for at once. More are fine: the table then grows by copying itself.
     *
     * @param streams at least 1
     * @return this
     */
    public JournalConfig expectedStreams(final int streams) {
        expectedStreams = atLeast(1, streams, "expectedStreams");
        return this;
    }

    /**
     * Streams whose ids are 0, 1, 2 and so on: what the journal knows of them takes 8 bytes each, in an array that the id is
     * the index of, where others take 24 and more in a hash table. A look-up is made for each event, live and in replay, so
     * this is worth saying where ids are small numbers. Nothing else depends on it; other ids are allowed all the same.
     *
     * @param streams ids below it are found so; 0, the default, for none; at most 2^28
     * @return this
     */
    public JournalConfig denseStreams(final int streams) {
        if (streams > MAX_DENSE_STREAMS) {
            throw new IllegalArgumentException("denseStreams must be at most 2^28: " + streams);
        }
        denseStreams = atLeast(0, streams, "denseStreams");
        return this;
    }

    /**
     * Size at which a cycle ends and the next begins. A cycle is what retention deletes and what a cut rewrites.
     *
     * @param bytes at least 1, at most {@link #MAX_ROLL_BYTES}; a cycle always takes one commit, however small this is
     * @return this
     */
    public JournalConfig rollBytes(final long bytes) {
        if (bytes < 1 || bytes > MAX_ROLL_BYTES) {
            throw new IllegalArgumentException("rollBytes must be 1 to " + MAX_ROLL_BYTES + ": " + bytes);
        }
        rollBytes = bytes;
        return this;
    }

    /**
     * Time after which a cycle ends with the next commit. Counted in periods from 1970: with one day, a cycle ends at
     * midnight UTC.
     *
     * @param intervalNs at least one second
     * @return this
     */
    public JournalConfig rollIntervalNs(final long intervalNs) {
        if (intervalNs < TimeUnit.SECONDS.toNanos(1)) {
            throw new IllegalArgumentException("rollIntervalNs must be at least one second: " + intervalNs);
        }
        rollIntervalNs = intervalNs;
        return this;
    }

    /**
     * Space that is kept on the disk for what is in flight when the disk becomes full, at most half of this. The next cycle
     * file is made of it.
     *
     * @param bytes at least 256 KiB
     * @return this
     */
    public JournalConfig reserveBytes(final int bytes) {
        reserveBytes = atLeast(MIN_RESERVE_BYTES, bytes, "reserveBytes");
        return this;
    }

    /**
     * Space that the journal leaves free for others. With less, {@link Journal#isDiskFull()} says so.
     *
     * @param bytes at least 0
     * @return this
     */
    public JournalConfig minFreeBytes(final long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("minFreeBytes must be at least 0: " + bytes);
        }
        minFreeBytes = bytes;
        return this;
    }

    /**
     * Whether a journal may be opened that others have rights on, or that belongs to another user. Whoever can write to
     * it can make the process read what they like, and whoever can read it knows everything that the service knows.
     *
     * @param allow default false: a directory must have mode 0700 and its files 0600
     * @return this
     */
    public JournalConfig allowLoosePermissions(final boolean allow) {
        allowLoosePermissions = allow;
        return this;
    }

    /**
     * How much of the cycle file a background thread allocates, fills and touches ahead of the writer. It starts with less
     * and grows to this with use; never more than a quarter of the block size. Where forces cover little, as when single
     * commands ask for one, it stays at 1 MiB; where one force follows another and each covers much, it allocates only:
     * each force would write the zeros as well.
     *
     * @param bytes at least 0; 0 leaves all page faults to the writer
     * @return this
     */
    public JournalConfig touchAheadBytes(final int bytes) {
        touchAheadBytes = atLeast(0, bytes, "touchAheadBytes");
        return this;
    }

    /**
     * Limits events to these types. An event of any other type is refused before it is written, and a journal that holds
     * one is refused when it is opened. Without this call every type id from 1 to 65535 is allowed.
     *
     * @param typeIds each 1 to 65535
     * @return this
     */
    public JournalConfig eventTypes(final int... typeIds) {
        for (final int typeId : typeIds) {
            if (typeId < 1 || typeId > JournalFormat.MAX_U16) {
                throw new IllegalArgumentException("event type id must be 1 to 65535: " + typeId);
            }
        }
        eventTypes = typeIds.clone();
        return this;
    }

    /**
     * The clock that stamps commits. It may jump or step back: stamps never decrease all the same.
     *
     * @param epochNanoClock nanoseconds since 1970-01-01T00:00Z
     * @return this
     */
    public JournalConfig clock(final EpochNanoClock epochNanoClock) {
        clock = Objects.requireNonNull(epochNanoClock, "epochNanoClock");
        return this;
    }

    /**
     * The directory.
     *
     * @return as given
     */
    public Path directory() {
        return directory;
    }

    /**
     * The block size.
     *
     * @return bytes
     */
    public int blockSizeBytes() {
        return blockSizeBytes;
    }

    /**
     * The longest commit.
     *
     * @return bytes
     */
    public int maxCommitBytes() {
        return maxCommitBytes;
    }

    /**
     * The longest result payload.
     *
     * @return bytes
     */
    public int maxResultBytes() {
        return maxResultBytes;
    }

    /**
     * The streams to make room for.
     *
     * @return a count
     */
    public int expectedStreams() {
        return expectedStreams;
    }

    /**
     * The streams that are found without hashing.
     *
     * @return ids below it are
     */
    public int denseStreams() {
        return denseStreams;
    }

    /**
     * The memory that is touched ahead.
     *
     * @return bytes
     */
    public int touchAheadBytes() {
        return touchAheadBytes;
    }

    /**
     * The size of a cycle.
     *
     * @return bytes
     */
    public long rollBytes() {
        return rollBytes;
    }

    /**
     * The time of a cycle.
     *
     * @return nanoseconds
     */
    public long rollIntervalNs() {
        return rollIntervalNs;
    }

    /**
     * The space that is kept for what is in flight.
     *
     * @return bytes
     */
    public int reserveBytes() {
        return reserveBytes;
    }

    /**
     * The space that is left to others.
     *
     * @return bytes
     */
    public long minFreeBytes() {
        return minFreeBytes;
    }

    /**
     * Whether others may have rights.
     *
     * @return true if they may
     */
    public boolean allowLoosePermissions() {
        return allowLoosePermissions;
    }

    /**
     * The allowed event types.
     *
     * @return a copy; empty when every type is allowed
     */
    public int[] eventTypes() {
        return eventTypes.clone();
    }

    /**
     * The clock.
     *
     * @return as given
     */
    public EpochNanoClock clock() {
        return clock;
    }

    private static int atLeast(final int min, final int value, final String name) {
        if (value < min) {
            throw new IllegalArgumentException(name + " must be at least " + min + ": " + value);
        }
        return value;
    }
}
