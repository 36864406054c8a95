package io.millrace.faults;

import io.millrace.faults.kill.Recovery;
import io.millrace.faults.kill.Rounds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
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
        exitCodeList = {"0:nothing was lost", "1:something was found, see the table", "2:the command line is wrong"})
public final class MillraceFaults implements Callable<Integer> {
    private static final int FOUND = 1;

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private Extent extent = new Extent();

    private static final class Extent {
        @Option(names = "--quick", description = "the small set, some minutes; the default")
        private boolean quick;

        @Option(names = "--full", description = "the whole set, an hour or more")
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

    @Option(names = "--tasks", paramLabel = "N", description = "as many tasks, in place of the layer's own number")
    private Integer tasks;

    @Option(names = "--minutes", paramLabel = "M", description = "for each layer at most")
    private int minutes = 60;

    @Option(names = "--workers", paramLabel = "N", description = "tasks at a time")
    private int workers = Math.max(1, Runtime.getRuntime().availableProcessors());

    @Option(names = "--dir", paramLabel = "DIR", description = "for scratch files; /dev/shm if there is one")
    private Path directory = Path.of(Files.isDirectory(Path.of("/dev/shm")) ? "/dev/shm" : "/tmp");

    @Option(names = "--report", paramLabel = "FILE", description = "writes the table there, and JSON beside it")
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
        final FaultReport result = merge.isEmpty() ? run(out) : merged();
        if (report != null) {
            result.write(report);
        }
        out.println(result.markdown());
        if (json) {
            out.println(result.jsonLine());
        }
        out.flush();
        return result.isGood() ? 0 : FOUND;
    }

    private FaultReport merged() throws IOException {
        final FaultReport all = new FaultReport(Map.of());
        for (final Path file : merge) {
            all.addFrom(file);
        }
        return all;
    }

    private FaultReport run(final PrintWriter out) throws Exception {
        final long drawn = seed == null ? new Random().nextInt(Integer.MAX_VALUE) : seed;
        out.printf("millrace faults: seed %d, %s set%n", drawn, extent.full ? "full" : "quick");
        out.flush();
        final FaultReport all = new FaultReport(environment());
        for (final Layer layer : chosen()) {
            all.add(run(layer, drawn, out));
            if (report != null) {
                all.write(report); // what is done is not lost when a later layer is stopped
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

    private LayerResult run(final Layer layer, final long drawn, final PrintWriter out) throws Exception {
        final int count =
                only != null ? 1 : tasks != null ? tasks : extent.full ? layer.fullTasks() : layer.quickTasks();
        final Path scratch = Files.createTempDirectory(directory, "millrace-faults-" + layer.name() + '-');
        final long startNs = System.nanoTime();
        boolean good = false;
        try {
            final Tally tally = runTasks(layer, drawn, count, scratch);
            final long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
            final LayerResult result = LayerResult.of(layer, commit(), drawn, seconds, tally);
            out.printf(
                    "%s: %,d runs, %s%n", layer.name(), tally.runs(), result.isGood() ? "all well" : "FOUND SOMETHING");
            tally.found().forEach(line -> out.println("  " + line));
            good = result.isGood();
            if (!good) {
                out.println("what was found lies in " + scratch + "; run one task again with --layer " + layer.name()
                        + " --seed " + drawn + " --only TASK");
            }
            out.flush();
            return result;
        } finally {
            if (good) {
                Recovery.deleteTree(scratch);
            }
        }
    }

    private Tally runTasks(final Layer layer, final long drawn, final int count, final Path scratch) throws Exception {
        final long deadlineNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        try (Progress progress = new Progress(layer, count)) {
            final Tally tally = new Tally(progress::step);
            layer.body()
                    .run(new Rounds(drawn, only == null ? first : only, count, workers, deadlineNs, scratch), tally);
            return tally;
        }
    }

    /** A bar on a terminal, a line now and then elsewhere. */
    private static final class Progress implements AutoCloseable {
        private static final long LINE_NS = TimeUnit.SECONDS.toNanos(20);
        private final Layer layer;
        private final ProgressBar bar;
        private long steps;
        private long lineNs = System.nanoTime();

        private Progress(final Layer layer, final int tasks) {
            this.layer = layer;
            bar = System.console() == null
                    ? null
                    : new ProgressBarBuilder()
                            .setTaskName(layer.name())
                            .setInitialMax((long) tasks * layer.runsPerTask())
                            .setStyle(ProgressBarStyle.ASCII)
                            .build();
        }

        private synchronized void step() {
            steps++;
            if (bar != null) {
                bar.step();
            } else if (System.nanoTime() - lineNs > LINE_NS) {
                lineNs = System.nanoTime();
                System.err.printf("%s: %,d runs%n", layer.name(), steps);
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }

    private static Map<String, String> environment() throws IOException, InterruptedException {
        final Map<String, String> environment = new LinkedHashMap<>();
        environment.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        environment.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + ' '
                        + System.getProperty("os.version"));
        return environment;
    }

    private static String commit() throws InterruptedException {
        return output("git", "describe", "--always", "--abbrev=12", "--dirty");
    }

    private static String output(final String... command) throws InterruptedException {
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : "unknown";
        } catch (final IOException e) {
            return "unknown: " + e.getMessage();
        }
    }
}
