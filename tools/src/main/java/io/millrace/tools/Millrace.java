package io.millrace.tools;

import io.millrace.engine.EngineFailedException;
import io.millrace.journal.JournalException;
import io.millrace.tools.internal.console.ToolException;
import io.millrace.tools.internal.demo.DemoCommand;
import io.millrace.tools.internal.journal.JournalTools;
import io.millrace.tools.internal.stress.StressCommand;
import io.millrace.tools.internal.stress.StressWorkerCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code millrace} command. Without a subcommand it prints its help. */
@Command(
        name = "millrace",
        description = "An in-process event-sourcing engine: demo and journal tools.",
        footer = {"", "The fault harness is a command of its own: 'millrace faults --help'."},
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        subcommands = {DemoCommand.class, JournalTools.class, StressCommand.class, StressWorkerCommand.class})
public final class Millrace implements Callable<Integer> {
    /** Read before the first Chronicle class loads: no use reports, no banner, no disk watcher thread. */
    private static final String[] QUIET = {
        "chronicle.analytics.disable", "chronicle.announcer.disable", "chronicle.disk.monitor.disable"
    };

    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean verbose;

    /** For picocli. */
    public Millrace() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(final String[] args) {
        for (final String name : QUIET) {
            if (System.getProperty(name) == null) {
                System.setProperty(name, "true");
            }
        }
        final CommandLine commandLine = commandLine();
        // Titles of pages are in any script, whatever the locale of the terminal.
        commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(commandLine.execute(args));
    }

    /** The command, ready to execute; prints to where it is told to. */
    static CommandLine commandLine() {
        final Millrace command = new Millrace();
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, executed, parsed) -> command.report(failure, executed));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }

    private int report(final Exception failure, final CommandLine executed) {
        final PrintWriter err = executed.getErr();
        err.println("millrace: " + message(failure));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What is thrown on purpose says enough by its message. */
    private static String message(final Exception failure) {
        final boolean expected = failure instanceof ToolException
                || failure instanceof JournalException
                || failure instanceof EngineFailedException;
        return expected ? failure.getMessage() : failure + " (--verbose prints the stack trace)";
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = Millrace.class.getPackage().getImplementationVersion();
            return new String[] {
                "millrace " + (version == null ? "(unpackaged)" : version),
                "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
            };
        }
    }
}
