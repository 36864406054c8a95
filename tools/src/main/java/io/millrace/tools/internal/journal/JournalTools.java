package io.millrace.tools.internal.journal;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace journal}: the parent of its tools. Prints its help. */
@Command(
        name = "journal",
        description = {
            "Looks into a journal directory from outside.",
            "",
            "All but 'repair --apply' only read, need no lock, and work beside a live writer, whose journal they see up"
                    + " to where it is when they get there.",
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            LsCommand.class,
            CatCommand.class,
            StatsCommand.class,
            VerifyCommand.class,
            RepairCommand.class,
            ExportCommand.class,
            AnchorCommand.class
        })
public final class JournalTools implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public JournalTools() {}

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }
}
