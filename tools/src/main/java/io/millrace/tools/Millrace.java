package io.millrace.tools;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code millrace} command. Without a subcommand it prints its help. */
@Command(
        name = "millrace",
        description = "An in-process event-sourcing engine: demo and journal tools.",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class)
public final class Millrace implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public Millrace() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Millrace()).execute(args));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Millrace.class.getPackage().getImplementationVersion();
            return new String[] {
                "millrace " + (version == null ? "(unpackaged)" : version),
                "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
            };
        }
    }
}
