package io.millrace.benchmarks;

import io.millrace.benchmarks.rig.Priming;
import io.millrace.benchmarks.rig.Rounds;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.StageLayout;
import io.millrace.journal.JournalConfig;
import io.millrace.projections.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The ledger, end to end: Millrace, a hand-wired Disruptor in front of Chronicle Queue with one excerpt per event, and a
 * plain mapped copy, in turns in one process. Every round is checked: same balances, same read model, same counts.
 */
@Command(
        name = LedgerCompare.NAME,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Compares the ledger on Millrace with one that is wired by hand.")
final class LedgerCompare implements Callable<Integer> {
    static final String NAME = "ledger-compare";

    /** More than any contender writes. */
    private static final int PRIMED_BYTES_PER_COMMAND = 160;

    @Option(
            names = "--accounts",
            description = {"accounts that transfers are drawn from", "  Default: ${DEFAULT-VALUE}"})
    private int accounts = 10_000;

    @Option(names = "--commands", description = "commands per round")
    private long commands = 5_000_000;

    @Option(names = "--rounds", description = "measured rounds")
    private int rounds = 7;

    @Option(names = "--warm-up", description = "rounds before the measured ones")
    private int warmUpRounds = 2;

    @Option(names = "--dir", description = "where the journals go; emptied after each round")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--report", description = "folder for the JSON and the table; none without it")
    private Path report;

    @Option(names = "--only", description = "millrace, hand-wired or floor: runs only this one")
    private String only = "";

    @Option(names = "--ring-size")
    private int ringSize = EngineConfig.DEFAULT_RING_SIZE;

    @Option(names = "--max-batch")
    private int maxBatchCommands = EngineConfig.DEFAULT_MAX_BATCH_COMMANDS;

    @Option(names = "--wait", description = "how stages wait: ${COMPLETION-CANDIDATES}")
    private Settings.Wait stageWait = Settings.Wait.SLEEPING;

    @Option(names = "--producer-wait", description = "how the producer waits: ${COMPLETION-CANDIDATES}")
    private Settings.Wait producerWait = Settings.Wait.SLEEPING;

    @Option(names = "--layout", description = "Millrace's stages: ${COMPLETION-CANDIDATES}")
    private StageLayout layout = StageLayout.FUSED;

    @Option(names = "--read-side", description = "Millrace's projection: ${COMPLETION-CANDIDATES}")
    private Attachment readSide = Attachment.TAILING;

    @Option(names = "--hand-wired-read-side", description = "the other's projection: ${COMPLETION-CANDIDATES}")
    private Attachment handWiredReadSide = Attachment.RING;

    @Option(names = "--hand-wired-in-place", description = "writingDocument in place of writeBytes")
    private boolean handWiredInPlace;

    @Option(names = "--hand-wired-multi-producer", description = "a ring for many producers, as Millrace has")
    private boolean handWiredMultiProducer;

    @Option(names = "--block-size", description = "of the cycle files, in bytes")
    private int blockSizeBytes = JournalConfig.DEFAULT_BLOCK_SIZE_BYTES;

    @Option(names = "--touch-ahead", description = "bytes that Millrace touches ahead of its writer")
    private int touchAheadBytes = JournalConfig.DEFAULT_TOUCH_AHEAD_BYTES;

    @Option(names = "--cold", description = "do not have the machine hold memory before each run")
    private boolean cold;

    @Option(names = "--skip-replay", description = "live runs only, for profiling")
    private boolean skipReplay;

    private final Rounds floor = new Rounds("mapped copy, live");
    private final Results handWired = new Results("hand-wired");
    private final Results millrace = new Results("Millrace");

    @Override
    public Integer call() throws Exception {
        requireNoAssertions();
        final Settings settings = settings();
        for (int round = -warmUpRounds; round < rounds; round++) {
            run(round, settings);
        }
        final LedgerReport result = new LedgerReport(floor, handWired, millrace);
        if (only.isEmpty()) {
            result.print(settings, directory, rounds, report);
        }
        return 0;
    }

    private static void requireNoAssertions() {
        if (LedgerCompare.class.desiredAssertionStatus()) {
            throw new IllegalStateException("assertions must be off, they slow the libraries down: run without -ea");
        }
    }

    private Settings settings() {
        return new Settings(
                new LedgerScenario(accounts),
                commands,
                ringSize,
                maxBatchCommands,
                stageWait,
                producerWait,
                layout,
                readSide,
                handWiredReadSide,
                handWiredInPlace,
                !handWiredMultiProducer,
                blockSizeBytes,
                touchAheadBytes);
    }

    /** Who goes first changes from round to round. */
    private void run(final int round, final Settings settings) throws Exception {
        final boolean measured = round >= 0;
        Contender.Answer first = null;
        for (int turn = 0; turn < 2; turn++) {
            final boolean ours = (round + turn & 1) == 0;
            if (only.isEmpty() || only.equals(ours ? "millrace" : "hand-wired")) {
                final Contender.Answer answer = ours
                        ? run(new MillraceContender(), settings, measured, millrace)
                        : run(new HandWiredContender(), settings, measured, handWired);
                requireSame(first, answer);
                first = answer;
            }
        }
        if (only.isEmpty() || only.equals("floor")) {
            runFloor(measured);
        }
    }

    private Contender.Answer run(
            final Contender contender, final Settings settings, final boolean measured, final Results results)
            throws Exception {
        final Path journal = Files.createTempDirectory(directory, "ledger-compare-");
        try {
            prime();
            final Contender.Live run = contender.run(journal, settings);
            final Contender.Replay again = skipReplay
                    ? new Contender.Replay(
                            1, run.answer().events(), run.answer().stateHash())
                    : contender.replay(journal, settings);
            requireSame(run.answer(), again);
            results.add(measured, commands, run, again);
            return run.answer();
        } finally {
            IoUtil.delete(journal.toFile(), false);
        }
    }

    private void runFloor(final boolean measured) throws IOException {
        final Path folder = Files.createTempDirectory(directory, "ledger-compare-");
        try {
            prime();
            final long elapsedNs = MappedCopyFloor.run(folder, settings());
            System.err.printf("%s%s %.3f M/s%n", measured ? "" : "warm-up: ", floor.name(), 1e3 * commands / elapsedNs);
            if (measured) {
                floor.add(1e9 * commands / elapsedNs);
            }
        } finally {
            IoUtil.delete(folder.toFile(), false);
        }
    }

    private void prime() throws IOException {
        if (!cold) {
            Priming.touch(directory, commands * PRIMED_BYTES_PER_COMMAND);
        }
    }

    private static void requireSame(final Contender.Answer first, final Contender.Answer second) {
        if (first != null && !first.equals(second)) {
            throw new IllegalStateException("contenders must come to the same answer: " + first + " and " + second);
        }
    }

    private static void requireSame(final Contender.Answer live, final Contender.Replay replay) {
        if (live.events() != replay.events() || live.stateHash() != replay.stateHash()) {
            throw new IllegalStateException("replay must come to the state of the live run: " + live + ", " + replay);
        }
    }
}
