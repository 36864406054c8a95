package io.millrace.benchmarks.compare;

import io.millrace.contest.ContenderProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A contender of this jar in a process of its own; started by {@code compare}, and by hand to profile one. */
@Command(
        name = ContenderCommand.NAME,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Serves one contender on standard input and output:",
            "  live ACCOUNTS COMMANDS SEED DIRECTORY",
            "  replay ACCOUNTS COMMANDS SEED DIRECTORY"
        })
public final class ContenderCommand implements Callable<Integer> {
    /** On the command line. */
    public static final String NAME = "contender";

    @Parameters(paramLabel = "KEY", description = "floor, raw_disruptor, raw_cq, hand_wired, millrace, millrace_synced")
    private String key;

    @Mixin
    private Options options = new Options();

    @Override
    public Integer call() throws Exception {
        ContenderProcess.serve(Rivals.create(key, options));
        return 0;
    }
}
