package io.millrace.faults;

import io.millrace.faults.kill.Recovery;
import io.millrace.faults.kill.Rounds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code millrace faults} command. */
@Command(
        name = "millrace faults",
        description = "Does harm to engines and journals, and checks that nothing that was acknowledged is lost.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing was lost",
            "1:something was found, or the harness broke off: see the table",
            "2:the command line is wrong"
        })
public final class MillraceFaults implements Callable<Integer> {
    private static final int FOUND = 1;

    /** Where the sources are, said by the launcher, which has built this jar of them. */
    private static final String HOME = System.getProperty("millrace.home");

    private static final Path FULL_REPORT = Path.of(HOME == null ? "" : HOME, "perf-reports", "reliability.md");

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private Extent extent = new Extent();

    private static final class Extent {
        @Option(names = "--quick", description = "the small set, some minutes; the default")
        private boolean quick;

        @Option(names = "--full", description = "the whole set, hours on two cores")
        private boolean full;
    }

    @Option(names = "--layer", paramLabel = "NAME", description = "only this layer; may be given more than once")
    private List<String> layers = List.of();

    @Option(names = "--seed", description = "of everything that is drawn; printed at the start")
    private Long seed;

    @Option(names = "--only", paramLabel = "TASK", description = "only the task of that number, from 0")
    private Integer only;

    @Option(names = "--first", paramLabel = "TASK", description = "begins with the task of that number")
    private int first;

    @Option(
            names = {"--tasks", "--count"},
            paramLabel = "N",
            description = "as many tasks, in place of the layer's own number")
    private Integer tasks;

    @Option(names = "--minutes", paramLabel = "M", description = "for each layer at most")
    private int minutes = 60;

    @Option(names = "--workers", paramLabel = "N", description = "tasks at a time")
    private int workers = Math.max(1, Runtime.getRuntime().availableProcessors());

    @Option(names = "--dir", paramLabel = "DIR", description = "for scratch files; /dev/shm if there is one")
    private Path directory =
            Path.of(Files.isDirectory(Path.of("/dev/shm")) ? "/dev/shm" : System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "writes the table there, and JSON beside it; the whole full set writes it to"
                    + " perf-reports/reliability.md if this is not given")
    private Path report;

    @Option(
            names = "--merge",
            paramLabel = "JSON",
            arity = "1..*",
            description = "runs nothing; puts the JSON of several reports together")
    private List<Path> merge = List.of();

    @Option(names = "--json", description = "prints JSON as the last line")
    private boolean json;

    @Option(names = "--list", description = "lists the layers and ends")
    private boolean list;

    /** For picocli. */
    public MillraceFaults() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(final String[] args) {
        for (final String name : new String[] {"analytics.disable", "announcer.disable", "disk.monitor.disable"}) {
            System.setProperty("chronicle." + name, "true");
        }
        // What is done here on purpose fills a log with stack traces; the table says what was not meant.
        if (System.getProperty("org.slf4j.simpleLogger.defaultLogLevel") == null) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        }
        System.exit(new CommandLine(new MillraceFaults()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        final PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Layers.ALL.forEach(layer -> out.printf("%-16s %s%n", layer.name(), layer.what()));
            out.flush();
            return 0;
        }
        checkNumbers();
        final FaultReport result = merge.isEmpty() ? run(out) : merged();
        if (reportFile() != null) {
            result.write(reportFile());
        }
        out.println(result.markdown());
        if (json) {
            out.println(result.jsonLine());
        }
        out.flush();
        return result.isGood() ? 0 : FOUND;
    }

    private void checkNumbers() {
        if (workers < 1 || minutes < 1 || first < 0 || tasks != null && tasks < 1 || only != null && only < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "workers, minutes and tasks must be 1 or more, and the number of a task 0 or more");
        }
    }

    /** A part of the set must be told where to, so that it does not take the place of the whole. */
    private Path reportFile() {
        final boolean whole = extent.full && layers.isEmpty() && only == null && tasks == null && first == 0;
        return report == null && whole && merge.isEmpty() ? FULL_REPORT : report;
    }

    private FaultReport merged() {
        try {
            return FaultReport.merged(merge);
        } catch (final IOException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "reports must be readable: " + e.getMessage(), e);
        }
    }

    private FaultReport run(final PrintWriter out) throws IOException, InterruptedException {
        final List<Layer> chosen = chosen();
        final long drawn = seed == null ? new Random().nextInt(Integer.MAX_VALUE) : seed;
        out.printf("millrace faults: seed %d, %s set%n", drawn, extent.full ? "full" : "quick");
        out.flush();
        final Map<String, String> environment = Environment.of(HOME == null ? null : Path.of(HOME));
        final FaultReport all = FaultReport.of(environment);
        for (final Layer layer : chosen) {
            all.add(run(layer, environment.get(HarnessRun.COMMIT), drawn, out));
            if (reportFile() != null) {
                all.write(reportFile()); // what is done is not lost when a later layer is stopped
            }
        }
        return all;
    }

    private List<Layer> chosen() {
        for (final String name : layers) {
            if (Layers.ALL.stream().noneMatch(layer -> layer.name().equals(name))) {
                throw new ParameterException(
                        spec.commandLine(), "layer must be one of those that --list shows: " + name);
            }
        }
        return Layers.ALL.stream()
                .filter(layer -> layers.isEmpty() || layers.contains(layer.name()))
                .toList();
    }

    private LayerResult run(final Layer layer, final String commit, final long drawn, final PrintWriter out)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        final Path scratch = Files.createTempDirectory(directory, "millrace-faults-" + layer.name() + '-');
        final long startNs = System.nanoTime();
        final Tally tally = runTasks(layer, drawn, scratch);
        final long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
        final LayerResult result = LayerResult.of(layer, commit, drawn, seconds, tally);
        out.printf("%s: %,d runs, %s%n", layer.name(), tally.runs(), inWords(result));
        tally.found().forEach(line -> out.println("  " + line));
        if (result.isGood()) {
            Recovery.deleteTree(scratch);
        } else {
            out.println("what was found lies in " + scratch + "; run one task again with --layer " + layer.name()
                    + " --seed " + drawn + " --only TASK");
        }
        out.flush();
        return result;
    }

    private static String inWords(final LayerResult result) {
        if (!result.isGood()) {
            return "FOUND SOMETHING";
        }
        return result.total()[LayerResult.RUNS] == 0 ? "nothing was run" : "all well";
    }

    /** What breaks one layer off leaves the others, and what that one had done. */
    private Tally runTasks(final Layer layer, final long drawn, final Path scratch) throws InterruptedException {
        final int count =
                only != null ? 1 : tasks != null ? tasks : extent.full ? layer.fullTasks() : layer.quickTasks();
        final long deadlineNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        try (LayerProgress progress = new LayerProgress(layer.name(), (long) count * layer.runsPerTask())) {
            final Tally tally = new Tally(progress::step);
            final Rounds rounds = new Rounds(drawn, only == null ? first : only, count, workers, deadlineNs, scratch);
            try {
                layer.body().run(rounds, tally);
            } catch (final IOException | RuntimeException e) {
                tally.broke(e);
            }
            if (rounds.isOver()) {
                tally.skipped("some of the " + count + " tasks", "time was over after " + minutes + " min");
            }
            return tally;
        }
    }
}
