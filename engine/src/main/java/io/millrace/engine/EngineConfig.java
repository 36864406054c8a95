package io.millrace.engine;

import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import io.millrace.journal.JournalConfig;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How an engine is built. A mutable builder: set what differs from the defaults, then {@link Engine#launch}. Not
 * thread-safe.
 */
public final class EngineConfig {
    /** Most publishers that an engine can have in its life. */
    public static final int MAX_PUBLISHERS = 1 << 16;

    /** Default of {@link #ringSize(int)}. */
    public static final int DEFAULT_RING_SIZE = 4096;

    /** Default of {@link #maxCommandBytes(int)}. */
    public static final int DEFAULT_MAX_COMMAND_BYTES = 256;

    /** Default of {@link #maxBatchCommands(int)}. */
    public static final int DEFAULT_MAX_BATCH_COMMANDS = 512;

    /** Default of {@link #forceIntervalNs(long)}: one second. */
    public static final long DEFAULT_FORCE_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    /** Default of {@link #closeTimeoutNs(long)}: thirty seconds. */
    public static final long DEFAULT_CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private static final int MAX_COMMAND_BYTES = 16 << 20;

    private final JournalConfig journal;
    private StageLayout layout = StageLayout.FUSED;
    private int ringSize = DEFAULT_RING_SIZE;
    private int maxCommandBytes = DEFAULT_MAX_COMMAND_BYTES;
    private int maxBatchCommands = DEFAULT_MAX_BATCH_COMMANDS;
    private long forceIntervalNs = DEFAULT_FORCE_INTERVAL_NS;
    private long closeTimeoutNs = DEFAULT_CLOSE_TIMEOUT_NS;
    private Supplier<WaitStrategy> waitStrategy = SleepingWaitStrategy::new;
    private RecoveryListener recoveryListener = appliedSequence -> {};

    private EngineConfig(final JournalConfig journal) {
        this.journal = Objects.requireNonNull(journal, "journal");
    }

    /**
     * A configuration with all defaults.
     *
     * @param journalDirectory created when it does not exist
     * @return a new configuration
     * @throws io.millrace.journal.MissingJvmFlagsException if the JVM lacks a needed flag
     */
    public static EngineConfig at(final Path journalDirectory) {
        return new EngineConfig(JournalConfig.at(journalDirectory));
    }

    /**
     * A configuration with defaults for all but the journal.
     *
     * @param journal where and how to journal
     * @return a new configuration
     */
    public static EngineConfig with(final JournalConfig journal) {
        return new EngineConfig(journal);
    }

    /**
     * How the stages are spread over threads.
     *
     * @param stageLayout default {@link StageLayout#FUSED}
     * @return this
     */
    public EngineConfig layout(final StageLayout stageLayout) {
        layout = Objects.requireNonNull(stageLayout, "stageLayout");
        return this;
    }

    /**
     * Number of commands that may be on their way. Four times as many may be journaled and wait for a force beside them, with
     * results of together {@code ringSize * maxResultBytes}, rounded up to a power of two.
     *
     * @param slots a power of two, 2 to 2^20
     * @return this
     */
    public EngineConfig ringSize(final int slots) {
        if (Integer.bitCount(slots) != 1 || slots < 2 || slots > 1 << 20) {
            throw new IllegalArgumentException("ringSize must be a power of two, 2 to 2^20: " + slots);
        }
        ringSize = slots;
        return this;
    }

    /**
     * Longest command payload; the ring takes {@code ringSize} times as much off-heap memory.
     *
     * @param bytes 8 to 16 MiB
     * @return this
     */
    public EngineConfig maxCommandBytes(final int bytes) {
        maxCommandBytes = (int) within(8, MAX_COMMAND_BYTES, bytes, "maxCommandBytes");
        return this;
    }

    /**
     * Most commands in one commit. Larger amortises more, smaller answers sooner under full load.
     *
     * @param commands at least 1
     * @return this
     */
    public EngineConfig maxBatchCommands(final int commands) {
        maxBatchCommands = (int) within(1, Integer.MAX_VALUE, commands, "maxBatchCommands");
        return this;
    }

    /**
     * How often the journal is forced when nobody asks for {@code SYNCED}; bounds what a power loss can take.
     *
     * @param nanoseconds at least 1 ms
     * @return this
     */
    public EngineConfig forceIntervalNs(final long nanoseconds) {
        forceIntervalNs = within(1_000_000, Long.MAX_VALUE, nanoseconds, "forceIntervalNs");
        return this;
    }

    /**
     * How long {@link Engine#close()} waits for each of these: outstanding commands, the threads, the last force of the
     * journal. Then it throws and may be called again.
     *
     * @param nanoseconds at least 1
     * @return this
     */
    public EngineConfig closeTimeoutNs(final long nanoseconds) {
        closeTimeoutNs = within(1, Long.MAX_VALUE, nanoseconds, "closeTimeoutNs");
        return this;
    }

    /**
     * How the stages wait for commands. The default sleeps in short naps, which suits machines with few cores.
     *
     * @param strategy makes one Disruptor wait strategy per engine
     * @return this
     */
    public EngineConfig waitStrategy(final Supplier<WaitStrategy> strategy) {
        waitStrategy = Objects.requireNonNull(strategy, "strategy");
        return this;
    }

    /**
     * Who is told how far the replay at launch has got.
     *
     * @param listener called on the launching thread
     * @return this
     */
    public EngineConfig recoveryListener(final RecoveryListener listener) {
        recoveryListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * The journal's configuration, to be changed in place before launch.
     *
     * @return the configuration
     */
    public JournalConfig journal() {
        return journal;
    }

    /**
     * The stage layout.
     *
     * @return the layout
     */
    public StageLayout layout() {
        return layout;
    }

    /**
     * The ring size.
     *
     * @return slots
     */
    public int ringSize() {
        return ringSize;
    }

    /**
     * The longest command payload.
     *
     * @return bytes
     */
    public int maxCommandBytes() {
        return maxCommandBytes;
    }

    /**
     * The most commands in one commit.
     *
     * @return commands
     */
    public int maxBatchCommands() {
        return maxBatchCommands;
    }

    /**
     * The background force interval.
     *
     * @return nanoseconds
     */
    public long forceIntervalNs() {
        return forceIntervalNs;
    }

    /**
     * The patience of {@link Engine#close()}.
     *
     * @return nanoseconds
     */
    public long closeTimeoutNs() {
        return closeTimeoutNs;
    }

    /**
     * The wait strategy.
     *
     * @return makes one strategy per engine
     */
    public Supplier<WaitStrategy> waitStrategy() {
        return waitStrategy;
    }

    /**
     * The recovery listener.
     *
     * @return the listener
     */
    public RecoveryListener recoveryListener() {
        return recoveryListener;
    }

    private static long within(final long min, final long max, final long value, final String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
        }
        return value;
    }
}
