package io.millrace.faults.kill;

import io.millrace.engine.EngineConfig;
import io.millrace.engine.StageLayout;
import io.millrace.journal.JournalConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a child process does.
 *
 * @param directory of the journal
 * @param acks file of acknowledgements
 * @param seed of sizes, pauses and levels
 * @param openings how often the engine is launched and closed
 * @param commands to each of them, or {@link #ENDLESS}
 * @param syncedPercent of the commands that ask for SYNCED
 * @param closeTimeoutNs of the engine
 * @param patient whether the engine is closed only when every command has its answer
 */
public record WorkOptions(
        Path directory,
        Path acks,
        long seed,
        int openings,
        int commands,
        int syncedPercent,
        long closeTimeoutNs,
        boolean patient) {
    /** More commands than any process gets through. */
    public static final int ENDLESS = Integer.MAX_VALUE;

    /** Nothing that is asked of an engine takes longer, but closing, which may take this and its timeout. */
    public static final long MAX_WAIT_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int BLOCK_SIZE_BYTES = 1 << 20;
    private static final int MAX_COMMIT_BYTES = 1 << 14;
    private static final int RESERVE_BYTES = 512 << 10;
    private static final long MIN_FREE_BYTES = 1 << 20;
    private static final int MIN_ROLL_BYTES = 96 << 10;

    /** Space is allocated far ahead, so that small cycles would soon fill a small disk. */
    private static final long ENDLESS_ROLL_BYTES = 8 << 20;

    private static final int RING_SIZE = 64;
    private static final long FORCE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(3);
    private static final int ARGUMENTS = 8;

    /** Two openings with a few dozen commands each, a quarter of them SYNCED. */
    public static WorkOptions brief(final Path directory, final Path acks, final long seed) {
        return new WorkOptions(directory, acks, seed, 2, 60, 25, CLOSE_TIMEOUT_NS, true);
    }

    /** One opening with a few commands. */
    public static WorkOptions once(final Path directory, final Path acks, final long seed) {
        return new WorkOptions(directory, acks, seed, 1, 40, 25, CLOSE_TIMEOUT_NS, true);
    }

    /** Publishes, and closes without waiting for answers, which closing must bring. */
    public WorkOptions impatient() {
        return new WorkOptions(directory, acks, seed, openings, commands, syncedPercent, closeTimeoutNs, false);
    }

    /** One opening, until the process is killed. */
    public static WorkOptions endless(final Path directory, final Path acks, final long seed) {
        return new WorkOptions(directory, acks, seed, 1, ENDLESS, 25, CLOSE_TIMEOUT_NS, true);
    }

    static WorkOptions parse(final String[] arguments) {
        if (arguments.length != ARGUMENTS) {
            throw new IllegalArgumentException("arguments must be " + ARGUMENTS + ": " + arguments.length);
        }
        return new WorkOptions(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Long.parseLong(arguments[6]),
                Boolean.parseBoolean(arguments[7]));
    }

    List<String> arguments() {
        return List.of(
                directory.toString(),
                acks.toString(),
                Long.toString(seed),
                Integer.toString(openings),
                Integer.toString(commands),
                Integer.toString(syncedPercent),
                Long.toString(closeTimeoutNs),
                Boolean.toString(patient));
    }

    WorkOptions at(final Path otherDirectory) {
        return new WorkOptions(otherDirectory, acks, seed, openings, commands, syncedPercent, closeTimeoutNs, patient);
    }

    /** Both layouts take their turn, and cycles of several sizes, by the seed. */
    EngineConfig engine() {
        final long rollBytes = commands == ENDLESS ? ENDLESS_ROLL_BYTES : (long) MIN_ROLL_BYTES << (seed >>> 4 & 3);
        return engine(journal(directory).rollBytes(rollBytes))
                .layout((seed & 1) == 0 ? StageLayout.FUSED : StageLayout.PIPELINED);
    }

    EngineConfig engine(final JournalConfig journal) {
        return EngineConfig.with(journal)
                .ringSize(RING_SIZE)
                .maxCommandBytes(WorkMachine.MAX_LENGTH)
                .forceIntervalNs(FORCE_INTERVAL_NS)
                .closeTimeoutNs(closeTimeoutNs);
    }

    /** A journal as small as can be. */
    public static JournalConfig journal(final Path directory) {
        return JournalConfig.at(directory)
                .blockSizeBytes(BLOCK_SIZE_BYTES)
                .maxCommitBytes(MAX_COMMIT_BYTES)
                .reserveBytes(RESERVE_BYTES)
                .minFreeBytes(MIN_FREE_BYTES);
    }
}
