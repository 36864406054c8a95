package io.millrace.benchmarks.rig;

import io.millrace.benchmarks.report.Result;
import io.millrace.benchmarks.report.ResultText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all of {@code millrace bench} understand, and how they end. */
public final class BenchOptions {
    private final PrintStream progress = System.err;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--quick",
            description = {"a minute or so in place of the whole measurement", "  Default: ${DEFAULT-VALUE}"})
    private boolean quick;

    @Option(names = "--json", description = "prints the result as JSON, as the last line")
    private boolean json;

    @Option(names = "--dir", description = "where journals go while it runs; what is below is measured too")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = {
                "where the result goes as JSON;",
                "perf-reports/NAME.json without it, or target/perf-reports/NAME.json when quick"
            })
    private Path report;

    /** Whether it should be over soon. */
    public boolean quick() {
        return quick;
    }

    /** Where journals go. */
    public Path directory() {
        return directory;
    }

    /** The checkout. */
    public Path home() {
        return Path.of(System.getProperty("millrace.home", "."));
    }

    /** Assertions change how Chronicle and the Disruptor behave. */
    public void requireNoAssertions() {
        if (BenchOptions.class.desiredAssertionStatus()) {
            throw new IllegalStateException("assertions must be off, they slow the libraries down: run without -ea");
        }
    }

    private Path folder() {
        return home().resolve(quick ? "target/perf-reports" : "perf-reports");
    }

    /** Where the histogram logs of a measurement go: beside its result. */
    public Path hlogFolder(final String name) {
        final Path folder = report != null ? report.toAbsolutePath().getParent() : folder();
        return folder.resolve("hlog").resolve(name);
    }

    /** Refuses what cannot be measured, as a fault of the command line. */
    public void requirePositive(final String option, final double value) {
        if (!(value > 0)) {
            throw new ParameterException(spec.commandLine(), option + " must be above 0: " + value);
        }
    }

    /** Refuses a name that is not known, as a fault of the command line. */
    public void requireKnown(final String option, final Collection<String> known, final Collection<String> found) {
        for (final String name : found) {
            if (!known.contains(name)) {
                throw new ParameterException(spec.commandLine(), option + " must be of " + known + ": " + name);
            }
        }
    }

    /** A line of progress, to the standard error. */
    public void say(final String format, final Object... arguments) {
        progress.printf(format + "%n", arguments);
    }

    /** Writes the result, prints its tables and, as the last line if it is asked for, its JSON. */
    public void finish(final String name, final Result result) throws IOException {
        final Path file = report != null ? report : folder().resolve(name + ".json");
        result.write(file);
        System.out.println(ResultText.of(result));
        say("written to %s; ./millrace report makes pages of all", file);
        if (json) {
            System.out.println(result.toJsonLine());
        }
    }
}
