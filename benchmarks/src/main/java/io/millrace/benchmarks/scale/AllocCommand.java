package io.millrace.benchmarks.scale;

import io.millrace.benchmarks.report.Chart;
import io.millrace.benchmarks.report.Result;
import io.millrace.benchmarks.report.Series;
import io.millrace.benchmarks.report.Table;
import io.millrace.benchmarks.rig.BenchOptions;
import io.millrace.benchmarks.rig.Environment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench alloc}: heap bytes per command, from publish to projection, by all threads, rolls included. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
public final class AllocCommand implements Callable<Integer> {
    private static final long ROLL_BYTES = 64 << 20;
    private static final Map<String, List<String>> WAYS = ways();

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Option(names = "--rounds", description = "processes for each; 3, quick 1")
    private Integer rounds;

    @Option(names = "--events", description = "in each process; 10,000,000, quick 2,000,000")
    private Long events;

    private final Map<String, Point> points = new LinkedHashMap<>();

    private static Map<String, List<String>> ways() {
        final Map<String, List<String>> ways = new LinkedHashMap<>();
        ways.put("fused, tailing", List.of());
        ways.put("fused, tailing, a roll every 64 MiB", List.of("--roll-bytes=" + ROLL_BYTES));
        ways.put("fused, in the ring", List.of("--attachment=RING"));
        ways.put("pipelined, tailing", List.of("--layout=PIPELINED"));
        return ways;
    }

    @Override
    public Integer call() throws Exception {
        bench.requireNoAssertions();
        final int count = rounds != null ? rounds : bench.quick() ? 1 : 3;
        bench.requirePositive("--rounds", count);
        bench.requirePositive("--events", events != null ? events : 1);
        for (int round = 0; round < count; round++) {
            for (final Map.Entry<String, List<String>> way : WAYS.entrySet()) {
                run(way.getKey(), way.getValue());
            }
        }
        bench.finish("alloc", result(count).environment(Environment.describe(bench.directory())));
        return 0;
    }

    private void run(final String name, final List<String> options) throws Exception {
        final List<String> arguments = new ArrayList<>(options);
        arguments.add("--events=" + (events != null ? events : bench.quick() ? 2_000_000 : 10_000_000));
        final Point point = points.computeIfAbsent(name, any -> new Point());
        point.add(ScaleProcess.run(bench.directory(), arguments));
        bench.say("%-38s %,.4f bytes per command", name, point.bytes().median());
    }

    private Result result(final int count) {
        final List<List<String>> rows = new ArrayList<>();
        points.forEach((name, point) -> rows.add(List.of(
                name,
                String.format(Locale.ROOT, "%.4f", point.bytes().median()),
                String.format(Locale.ROOT, "%.4f", point.bytes().max()))));
        final double worst = points.values().stream()
                .mapToDouble(p -> p.bytes().median())
                .max()
                .orElseThrow();
        final double rolling =
                points.get("fused, tailing, a roll every 64 MiB").bytes().median();
        return Result.of("alloc", "Heap bytes per command, from publish to projection")
                .text("durability", "JOURNALED")
                .figure("bytes_per_op", worst)
                .figure("bytes_per_op_rolling", rolling)
                .summary(String.format(
                        Locale.ROOT,
                        "At most %.4f bytes a command, by all threads together, in windows of a million commands after a"
                                + " warm-up of a million; medians of the windows of %d processes. With a roll about twice"
                                + " in each window: %.4f bytes.",
                        worst,
                        count,
                        rolling))
                .chart(Chart.bars(
                        "Heap bytes per command",
                        "bytes",
                        Series.of(
                                "bytes per command",
                                List.copyOf(points.keySet()),
                                points.values().stream()
                                        .mapToDouble(p -> p.bytes().median())
                                        .toArray())))
                .table(new Table("By layout and attachment", List.of("", "bytes per command", "most"), rows));
    }
}
