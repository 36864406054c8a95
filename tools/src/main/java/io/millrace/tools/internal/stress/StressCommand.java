package io.millrace.tools.internal.stress;

import io.millrace.journal.JvmFlags;
import io.millrace.tools.internal.console.ToolException;
import io.millrace.tools.internal.console.WorkDirectory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the command line of {@code millrace stress}. */
@Command(
        name = "stress",
        description = {
            "Publishes from several threads with the ring full most of the time, and checks that every command gets"
                    + " exactly one outcome, in the order of its producer, and that nothing hangs. Then recovers, and"
                    + " checks that every command is there once, in order, with its content.",
            "",
            "With --kills the commands run in child processes that are killed with SIGKILL at random moments. After"
                    + " each kill it recovers and checks that every acknowledged command is there, and nothing that"
                    + " was never published.",
            "",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all checks held", "1:a check failed", "2:the command line is wrong"})
public final class StressCommand implements Callable<Integer> {
    private static final int MAX_PRODUCERS = 64;
    private static final int MAX_RING_SIZE = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Directory for journal and acknowledgements, without those of an earlier run. Default: a"
                    + " temporary one, deleted at the end.")
    private Path directory;

    @Option(names = "--keep", description = "Keep the temporary directory.")
    private boolean keep;

    @Option(
            names = "--commands",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many commands in all; about 110 bytes of disk each. Default: ${DEFAULT-VALUE}.")
    private long commands;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many processes to kill. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Draws the moments to kill at. Default: a random one, which is printed.")
    private Long seed;

    @Mixin
    private StressMixin mixin;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    /** For picocli. */
    public StressCommand() {}

    @Override
    public Integer call() {
        JvmFlags.require();
        final int producers = mixin.producers;
        final int ringSize = mixin.ringSize;
        check(
                producers >= 1 && producers <= MAX_PRODUCERS,
                "--producers must be 1 to " + MAX_PRODUCERS + ": " + producers);
        check(commands >= 1, "--commands must be at least 1: " + commands);
        check(kills >= 0, "--kills must not be negative: " + kills);
        check(mixin.stallSeconds >= 1, "--stall-seconds must be at least 1: " + mixin.stallSeconds);
        check(
                Integer.bitCount(ringSize) == 1 && ringSize >= 2 && ringSize <= MAX_RING_SIZE,
                "--ring must be a power of two, 2 to " + MAX_RING_SIZE + ": " + ringSize);
        try (WorkDirectory work = WorkDirectory.of(directory, "millrace-stress-", keep)) {
            new Stress(options(work.path()), spec.commandLine().getOut(), json).run();
            return 0;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("the run was interrupted", e);
        }
    }

    private StressOptions options(final Path path) {
        return new StressOptions(
                path,
                mixin.producers,
                commands,
                kills,
                seed == null ? System.nanoTime() : seed,
                mixin.durability,
                mixin.layout,
                mixin.ringSize,
                TimeUnit.SECONDS.toNanos(mixin.stallSeconds));
    }

    private void check(final boolean met, final String message) {
        if (!met) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
