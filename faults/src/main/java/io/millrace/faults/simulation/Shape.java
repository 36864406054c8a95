package io.millrace.faults.simulation;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.StageLayout;
import io.millrace.journal.JournalConfig;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How the engine of a simulation is built. Most is drawn anew for each of its lives, but for what the journal keeps.
 *
 * @param layout of the stages
 * @param ringSize slots
 * @param maxBatchCommands in a commit
 * @param maxCommandBytes of a payload
 * @param maxCommitBytes of a commit; the same in all lives
 * @param touchAheadBytes of the page toucher
 * @param rollBytes of a cycle
 * @param rollIntervalNs of a cycle
 * @param denseStreams streams whose heads lie in the array
 * @param waiting how stages wait
 */
record Shape(
        StageLayout layout,
        int ringSize,
        int maxBatchCommands,
        int maxCommandBytes,
        int maxCommitBytes,
        int touchAheadBytes,
        long rollBytes,
        long rollIntervalNs,
        int denseStreams,
        Waiting waiting) {
    static final int BLOCK_SIZE_BYTES = 1 << 20;
    private static final int[] COMMIT_BYTES = {4096, 8192, 16 << 10};
    private static final int[] RING_SIZES = {2, 8, 64, 256};
    private static final int[] BATCHES = {1, 3, 16, 512};

    /** A cycle begins with 64 KiB of index pages, so the smallest rolls with each commit. */
    private static final long[] ROLL_BYTES = {1, 72 << 10, 90 << 10, 300 << 10, 1 << 20};

    private static final long[] ROLL_INTERVALS_S = {1, 600, 86_400};
    private static final int MIN_RESERVE_BYTES = 256 << 10;

    /** What can be decided and not yet journaled, in commits, twice. */
    private static final int RESERVE_COMMITS = 32;

    private static final int[] TOUCH_AHEAD_BYTES = {0, 64 << 10, 256 << 10};

    /** None, some and all. */
    private static final int[] DENSE_STREAMS = {0, Rules.STREAMS / 2, Rules.STREAMS + 1};

    /** Wait strategies; none of them spins without yielding. */
    enum Waiting {
        /** The default. */
        SLEEPING(SleepingWaitStrategy::new),
        /** Woken by the publisher. */
        BLOCKING(BlockingWaitStrategy::new);

        private final Supplier<WaitStrategy> strategy;

        Waiting(final Supplier<WaitStrategy> strategy) {
            this.strategy = strategy;
        }
    }

    static Shape draw(final Random random) {
        return of(random, COMMIT_BYTES[random.nextInt(COMMIT_BYTES.length)]);
    }

    /** Another life on the same journal. */
    Shape next(final Random random) {
        return of(random, maxCommitBytes);
    }

    /** The blocking strategy spins when it waits for another stage, which two cores have no time for. */
    private static Shape of(final Random random, final int maxCommitBytes) {
        final boolean fused = random.nextBoolean();
        return new Shape(
                fused ? StageLayout.FUSED : StageLayout.PIPELINED,
                RING_SIZES[random.nextInt(RING_SIZES.length)],
                BATCHES[random.nextInt(BATCHES.length)],
                64 + random.nextInt(4) * 250,
                maxCommitBytes,
                TOUCH_AHEAD_BYTES[random.nextInt(TOUCH_AHEAD_BYTES.length)],
                ROLL_BYTES[random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(ROLL_BYTES.length - 1)],
                TimeUnit.SECONDS.toNanos(ROLL_INTERVALS_S[random.nextInt(ROLL_INTERVALS_S.length)]),
                DENSE_STREAMS[random.nextInt(DENSE_STREAMS.length)],
                fused && random.nextBoolean() ? Waiting.BLOCKING : Waiting.SLEEPING);
    }

    JournalConfig journal(final Path directory, final SimulatedClock clock) {
        return JournalConfig.at(directory)
                .blockSizeBytes(BLOCK_SIZE_BYTES)
                .maxCommitBytes(maxCommitBytes)
                .maxResultBytes(Rules.MAX_RESULT_BYTES)
                .expectedStreams(Rules.STREAMS)
                .denseStreams(denseStreams)
                .touchAheadBytes(touchAheadBytes)
                .rollBytes(rollBytes)
                .rollIntervalNs(rollIntervalNs)
                .reserveBytes(MIN_RESERVE_BYTES + RESERVE_COMMITS * maxCommitBytes)
                .eventTypes(Rules.EVENT_TYPES)
                .clock(clock);
    }

    EngineConfig engine(final Path directory, final SimulatedClock clock) {
        return EngineConfig.with(journal(directory, clock))
                .layout(layout)
                .ringSize(ringSize)
                .maxBatchCommands(maxBatchCommands)
                .maxCommandBytes(maxCommandBytes)
                .forceIntervalNs(TimeUnit.HOURS.toNanos(1))
                .closeTimeoutNs(Patience.LIMIT_NS)
                .waitStrategy(waiting.strategy);
    }
}
