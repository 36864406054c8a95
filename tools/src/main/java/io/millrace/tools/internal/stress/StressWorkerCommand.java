package io.millrace.tools.internal.stress;

import io.millrace.engine.Engine;
import io.millrace.tools.internal.console.Progress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code millrace stress --kills} starts and kills: producers without an end. */
@Command(name = StressWorkerCommand.NAME, hidden = true, description = "Runs until it is killed.")
public final class StressWorkerCommand implements Callable<Integer> {
    static final String NAME = "stress-worker";

    @Option(names = "--dir", required = true)
    private Path directory;

    @Mixin
    private StressMixin mixin;

    /** For picocli. */
    public StressWorkerCommand() {}

    static String[] arguments(final StressOptions options) {
        return new String[] {
            NAME,
            "--dir=" + options.directory(),
            "--producers=" + options.producers(),
            "--durability=" + options.durability(),
            "--layout=" + options.layout(),
            "--ring=" + options.ringSize(),
            "--stall-seconds=" + TimeUnit.NANOSECONDS.toSeconds(options.stallNs()),
        };
    }

    @Override
    public Integer call() {
        final StressOptions options = new StressOptions(
                directory,
                mixin.producers,
                StressRun.ENDLESS,
                0,
                0,
                mixin.durability,
                mixin.layout,
                mixin.ringSize,
                TimeUnit.SECONDS.toNanos(mixin.stallSeconds));
        final AckFile acks = AckFile.map(options.ackFile(), options.producers());
        try (Engine engine = Engine.launch(options.engineConfig(), options.newMachine());
                Progress progress = new Progress("running", "commands", -1)) {
            new StressRun(options, engine, acks).run(progress);
        }
        return 0;
    }
}
