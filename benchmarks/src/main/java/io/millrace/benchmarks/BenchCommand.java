package io.millrace.benchmarks;

import io.millrace.benchmarks.compare.CompareCommand;
import io.millrace.benchmarks.latency.LatencyCommand;
import io.millrace.benchmarks.latency.UglyCommand;
import io.millrace.benchmarks.pages.PagesCommand;
import io.millrace.benchmarks.scale.AllocCommand;
import io.millrace.benchmarks.scale.ScaleCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace bench}: the measurements that people run. */
@Command(
        name = BenchCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Measures Millrace and its peers on this machine.",
        subcommands = HelpCommand.class)
final class BenchCommand implements Runnable {
    static final String NAME = "bench";

    @Spec
    private CommandSpec spec;

    /** With all its subcommands. */
    static CommandLine commandLine() {
        return new CommandLine(new BenchCommand())
                .addSubcommand(
                        "compare", described(new CommandLine(new CompareCommand(false)), "Everyone on the same work."))
                .addSubcommand(
                        "replay",
                        described(new CommandLine(new CompareCommand(true)), "Everyone who can replay a journal."))
                .addSubcommand(
                        "latency",
                        described(
                                new CommandLine(new LatencyCommand()),
                                "Latency on fixed schedules, from when a command was due."))
                .addSubcommand("ugly", described(new CommandLine(new UglyCommand()), "Latency in the bad minutes."))
                .addSubcommand(
                        "alloc",
                        described(new CommandLine(new AllocCommand()), "Heap bytes per command, rolls included."))
                .addSubcommand(
                        "pages",
                        described(new CommandLine(new PagesCommand()), "What a page of a new mapped file costs."))
                .addSubcommand(
                        "scale",
                        described(new CommandLine(new ScaleCommand()), "What an event costs as everything grows."));
    }

    private static CommandLine described(final CommandLine command, final String description) {
        command.getCommandSpec().usageMessage().description(description);
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
