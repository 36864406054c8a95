package io.millrace.benchmarks.scale;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.benchmarks.report.Chart;
import io.millrace.benchmarks.report.Result;
import io.millrace.benchmarks.report.Series;
import io.millrace.benchmarks.report.Table;
import io.millrace.benchmarks.rig.BenchOptions;
import io.millrace.benchmarks.rig.Environment;
import io.millrace.journal.JournalFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench scale}: what an event costs along each axis, and along a journal that grows. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
public final class ScaleCommand implements Callable<Integer> {
    private static final long MILLION = 1_000_000;

    /** In the journal, for a payload of 64 bytes and without its part of the envelope. */
    private static final int EVENT_BYTES = JournalFormat.COMMAND_HEADER_LENGTH + JournalFormat.EVENT_HEADER_LENGTH + 64;

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Option(names = "--rounds", description = "processes for each point; 3, quick 1")
    private Integer rounds;

    @Option(names = "--events", description = "events that the long journal grows to; 200,000,000, quick 4,000,000")
    private Long events;

    @Option(names = "--axis", split = ",", description = "only these: ${COMPLETION-CANDIDATES}")
    private List<Axis> only = List.of(Axis.values());

    @Option(names = "--no-long-journal", description = "without the journal that grows")
    private boolean noLongJournal;

    private final Map<Axis, Map<Long, Point>> points = new LinkedHashMap<>();
    private final List<Double> growing = new ArrayList<>();
    private final List<Double> growingCpu = new ArrayList<>();
    private Point pipelined;

    @Override
    public Integer call() throws Exception {
        bench.requireNoAssertions();
        bench.requirePositive("--rounds", rounds());
        bench.requirePositive("--events", events());
        for (int round = 0; round < rounds(); round++) {
            for (final Axis axis : only) {
                for (final long value : axis.values(bench.quick())) {
                    measure(axis, value, round);
                }
            }
            pipelined = pipelined == null ? new Point() : pipelined;
            pipelined.add(ScaleProcess.run(bench.directory(), List.of("--layout=PIPELINED", "--events=2000000")));
        }
        if (!noLongJournal) {
            grow();
        }
        bench.finish("scale", result().environment(Environment.describe(bench.directory())));
        return 0;
    }

    private int rounds() {
        return rounds != null ? rounds : bench.quick() ? 1 : 3;
    }

    private long events() {
        return events != null ? events : bench.quick() ? 4 * MILLION : 200 * MILLION;
    }

    private void measure(final Axis axis, final long value, final int round) throws Exception {
        final JsonNode run = ScaleProcess.run(bench.directory(), axis.arguments(value));
        final Point point =
                points.computeIfAbsent(axis, any -> new LinkedHashMap<>()).computeIfAbsent(value, any -> new Point());
        point.add(run);
        bench.say(
                "round %d of %d: %,12d %-11s %,9.0f ns, %,9.0f ns of processors per event",
                round + 1,
                rounds(),
                value,
                axis.title,
                point.ns().median(),
                point.cpuNs().median());
    }

    private void grow() throws Exception {
        bench.say("one journal of %,d events; takes some minutes", events());
        final JsonNode run = ScaleProcess.run(bench.directory(), List.of("--events=" + events()));
        for (final JsonNode window : run.get("windows")) {
            growing.add(window.get("ns_per_event").asDouble());
            growingCpu.add(window.get("cpu_ns_per_event").asDouble());
        }
    }

    private Result result() {
        Result result = Result.of("scale", "What an event costs as everything grows")
                .text("durability", "JOURNALED")
                .summary(String.format(
                        Locale.ROOT,
                        "From publish to applied by every projection, as many at a time as there is room for; 262,144"
                                + " streams, whose ids are array indices (denseStreams), 1 producer, 64-byte payload,"
                                + " 1 projection unless the axis says otherwise;"
                                + " medians of %d processes, in turns.",
                        rounds()));
        for (final Axis axis : only) {
            result = axis(result, axis);
        }
        if (!growing.isEmpty()) {
            result = growing(result);
        }
        return model(result).detail("rounds", rounds()).detail("windows_ns", growing);
    }

    private Result axis(final Result start, final Axis axis) {
        Result result = start;
        final Map<Long, Point> along = points.get(axis);
        final List<List<String>> rows = new ArrayList<>();
        for (final Map.Entry<Long, Point> entry : along.entrySet()) {
            final Point point = entry.getValue();
            result = result.figure(
                    axis.key + "_" + entry.getKey() + "_ns", point.ns().median());
            rows.add(List.of(
                    String.format(Locale.ROOT, "%,d", entry.getKey()),
                    String.format(Locale.ROOT, "%,.0f", point.ns().median()),
                    String.format(
                            Locale.ROOT,
                            "%,.0f to %,.0f",
                            point.ns().min(),
                            point.ns().max()),
                    String.format(Locale.ROOT, "%,.0f", point.cpuNs().median()),
                    String.format(Locale.ROOT, "%,.1f", point.bytes().median()),
                    String.format(Locale.ROOT, "%,d", point.heapBytes() >> 20),
                    String.format(Locale.ROOT, "%,d", point.residentBytes() >> 20)));
        }
        final double[] x =
                along.keySet().stream().mapToDouble(Long::doubleValue).toArray();
        final double[] ns =
                along.values().stream().mapToDouble(p -> p.ns().median()).toArray();
        final double[] cpu =
                along.values().stream().mapToDouble(p -> p.cpuNs().median()).toArray();
        return result.chart(Chart.lines(
                                "By " + axis.title,
                                axis.title,
                                "ns per event",
                                Series.of("elapsed", x, ns),
                                Series.of("of processors", x, cpu))
                        .withLogX()
                        .withNote(axis.explanation))
                .table(new Table(
                        "By " + axis.title,
                        List.of(
                                axis.title,
                                "ns per event",
                                "range",
                                "processor ns",
                                "heap bytes per event",
                                "heap MiB",
                                "resident MiB"),
                        rows));
    }

    /** The first and the last tenth of the long journal, and all its windows. */
    private Result growing(final Result start) {
        final int tenth = Math.max(1, growing.size() / 10);
        final double first = median(growing.subList(0, tenth));
        final double last = median(growing.subList(growing.size() - tenth, growing.size()));
        final double firstCpu = median(growingCpu.subList(0, tenth));
        final double lastCpu = median(growingCpu.subList(growingCpu.size() - tenth, growingCpu.size()));
        final double[] x = new double[growing.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = i + 1;
        }
        return start.figure("ratio_long_journal", last / first)
                .figure("ratio_long_journal_cpu", lastCpu / firstCpu)
                .figure("long_journal_events", events())
                .summary(String.format(
                        Locale.ROOT,
                        "One journal of %,d events: the last tenth cost %.0f ns per event, the first %.0f: %.2f ×; in"
                                + " processor time %.0f and %.0f: %.2f ×.",
                        events(),
                        last,
                        first,
                        last / first,
                        lastCpu,
                        firstCpu,
                        lastCpu / firstCpu))
                .chart(Chart.lines(
                                "As the journal grows",
                                "million events in the journal",
                                "ns per event",
                                Series.of("elapsed", x, array(growing)),
                                Series.of("of processors", x, array(growingCpu)))
                        .withNote("Each point is a million events. Where elapsed time jumps and processor time does"
                                + " not, the writer waited for the disk."));
    }

    /** What the stages cost says what more cores would give: the slowest stage, alone on a core, bounds the rate. */
    private Result model(final Result start) {
        final List<List<String>> rows = new ArrayList<>();
        double slowest = 0;
        for (final Map.Entry<String, Double> stage : pipelined.stages().entrySet()) {
            rows.add(List.of(stage.getKey(), String.format(Locale.ROOT, "%.0f", stage.getValue())));
            slowest = Math.max(slowest, stage.getValue());
        }
        return start.figure("model_slowest_stage_ns", slowest)
                .summary(String.format(
                        Locale.ROOT,
                        "On paper: the slowest thread of the pipelined layout uses %.0f ns of a processor per event,"
                                + " waiting by spinning included. With a core for each thread the rate is bounded by it:"
                                + " about %.1f million events a second, until the disk is slower: at %d bytes an event"
                                + " that is %.0f MB/s.",
                        slowest,
                        1e3 / slowest,
                        EVENT_BYTES,
                        1e3 / slowest * EVENT_BYTES))
                .table(new Table(
                        "Processor time by thread, PIPELINED layout, ns per event; waiting by spinning is in it",
                        List.of("thread", "ns per event"),
                        rows));
    }

    private static double median(final List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static double[] array(final List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
