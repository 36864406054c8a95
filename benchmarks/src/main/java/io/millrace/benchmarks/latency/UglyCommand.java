package io.millrace.benchmarks.latency;

import io.millrace.benchmarks.report.Chart;
import io.millrace.benchmarks.report.Result;
import io.millrace.benchmarks.report.Series;
import io.millrace.benchmarks.report.Table;
import io.millrace.benchmarks.rig.BenchOptions;
import io.millrace.benchmarks.rig.Environment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench ugly}: latency in the bad minutes, beside a quiet one. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
public final class UglyCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Option(
            names = "--rate",
            description = {"commands a second", "  Default: ${DEFAULT-VALUE}"})
    private long rate = 100_000;

    @Option(names = "--seconds", description = "that are recorded of each run; 8, quick 4")
    private Double seconds;

    @Option(names = "--rounds", description = "runs of each; 5, quick 1")
    private Integer rounds;

    @Option(names = "--situation", split = ",", description = "only these: ${COMPLETION-CANDIDATES}")
    private List<Situation.Kind> only = List.of(Situation.Kind.values());

    private final Map<Situation.Kind, Outcomes> outcomes = new EnumMap<>(Situation.Kind.class);

    @Override
    public Integer call() throws Exception {
        bench.requireNoAssertions();
        bench.requirePositive("--rounds", rounds());
        bench.requirePositive("--seconds", seconds());
        bench.requirePositive("--rate", rate);
        for (int round = 0; round < rounds(); round++) {
            for (int turn = 0; turn < only.size(); turn++) {
                run(only.get((turn + round) % only.size()), round);
            }
        }
        final Map<String, Object> environment = Environment.describe(bench.directory());
        environment.put("run_flags", RunProcess.flags());
        bench.finish("ugly", result().environment(environment));
        return 0;
    }

    private int rounds() {
        return rounds != null ? rounds : bench.quick() ? 1 : 5;
    }

    private double seconds() {
        return seconds != null ? seconds : bench.quick() ? 4 : 8;
    }

    private void run(final Situation.Kind kind, final int round) throws Exception {
        final var run = RunProcess.run(List.of(
                "--subject=millrace",
                "--situation=" + kind,
                "--rate=" + rate,
                "--seconds=" + seconds(),
                "--name=" + kind.key() + "-" + round,
                "--hlog=" + bench.hlogFolder("ugly"),
                "--dir=" + bench.directory()));
        outcomes.computeIfAbsent(kind, any -> new Outcomes()).add(run);
        final var found = run.get(Section.JOURNALED.key());
        bench.say(
                "round %d of %d: %-24s p50 %,10.1f us, p99 %,10.1f us, max %,10.1f us, %,d refused%s",
                round + 1,
                rounds(),
                kind.title,
                found.get("p50").asDouble(),
                found.get("p99").asDouble(),
                found.get("max").asDouble(),
                run.get("refused").asLong(),
                run.get("kept_rate").asBoolean() ? "" : "  (rate missed: failed)");
    }

    private Result result() {
        Result result = Result.of("ugly", "Latency in the bad minutes")
                .text("durability", "JOURNALED")
                .summary(String.format(
                        Locale.ROOT,
                        "Millrace, %,d commands a second on a fixed schedule, %d runs of %.0f s of each, in turns.",
                        rate,
                        rounds(),
                        seconds()));
        final List<Series> curves = new ArrayList<>();
        final List<Series> projected = new ArrayList<>();
        for (final Map.Entry<Situation.Kind, Outcomes> entry : outcomes.entrySet()) {
            final Outcomes found = entry.getValue();
            result = figures(result, entry.getKey(), found);
            curves.add(Series.of(entry.getKey().title, Outcomes.PLACES, found.medians("journaled")));
            if (found.has(Section.PROJECTED)) {
                projected.add(Series.of(entry.getKey().title, Outcomes.PLACES, found.medians("projected")));
            }
        }
        return result.chart(Chart.percentiles("To JOURNALED", "microseconds", curves.toArray(Series[]::new))
                        .withNote("Medians of the runs; the last point is the maximum."))
                .chart(Chart.percentiles("To projected", "microseconds", projected.toArray(Series[]::new))
                        .withNote("A projection that stands still is as late as it stood still, and holds nobody up."))
                .table(table())
                .detail("rounds", rounds())
                .detail("all_rounds", all());
    }

    private Result figures(final Result start, final Situation.Kind kind, final Outcomes found) {
        Result result = start;
        for (final String percentile : Outcomes.PERCENTILES) {
            final String name = kind.key() + "_" + percentile.replace('.', '_');
            result = result.figure(name + "_us", found.median("journaled", percentile));
        }
        final Outcomes quiet = outcomes.get(Situation.Kind.QUIET);
        if (quiet == null || kind == Situation.Kind.QUIET) {
            return result;
        }
        final double now = found.median("journaled", "p99");
        final double then = quiet.median("journaled", "p99");
        return result.figure("ratio_" + kind.key() + "_p99", now / then)
                .summary(String.format(
                        Locale.ROOT,
                        "%s (%s): p99 %.1f µs, %.2f × the quiet run's%s.",
                        kind.title.substring(0, 1).toUpperCase(Locale.ROOT) + kind.title.substring(1),
                        kind.description,
                        now,
                        now / then,
                        found.missed() == 0
                                ? ""
                                : "; " + found.missed() + " of " + rounds() + " runs missed the rate"));
    }

    private Table table() {
        final List<List<String>> rows = new ArrayList<>();
        outcomes.forEach((kind, found) -> {
            final List<String> row = new ArrayList<>(List.of(kind.title));
            for (final String percentile : Outcomes.PERCENTILES) {
                row.add(String.format(
                        Locale.ROOT,
                        "%,.1f (%,.1f)",
                        found.median("journaled", percentile),
                        found.worst("journaled", percentile)));
            }
            row.add(String.format(Locale.ROOT, "%,d", found.refused()));
            row.add(found.missed() == 0 ? "kept" : found.missed() + " of " + rounds() + " failed");
            row.add(kind.description);
            rows.add(row);
        });
        final List<String> columns = new ArrayList<>(List.of(""));
        columns.addAll(Outcomes.PERCENTILES);
        columns.addAll(List.of("refused", "rate", "what happens"));
        return new Table("To JOURNALED, microseconds: median of the runs (worst of the runs)", columns, rows);
    }

    private Map<String, Object> all() {
        final Map<String, Object> all = new LinkedHashMap<>();
        outcomes.forEach((kind, found) -> all.put(kind.key(), found.all()));
        return all;
    }
}
