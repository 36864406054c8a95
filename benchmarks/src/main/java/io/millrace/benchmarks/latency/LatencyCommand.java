package io.millrace.benchmarks.latency;

import io.millrace.benchmarks.report.Chart;
import io.millrace.benchmarks.report.Result;
import io.millrace.benchmarks.report.Series;
import io.millrace.benchmarks.report.Table;
import io.millrace.benchmarks.rig.BenchOptions;
import io.millrace.benchmarks.rig.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench latency}: Millrace and the one wired by hand on the same schedules, in turns. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
public final class LatencyCommand implements Callable<Integer> {
    private static final List<String> SUBJECTS = List.of("millrace", "hand_wired");
    private static final Map<String, String> TITLES =
            Map.of("millrace", "Millrace", "hand_wired", "Disruptor + Chronicle by hand");

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Option(names = "--rate", split = ",", description = "commands a second; several, with commas between")
    private List<Long> rates;

    @Option(names = "--seconds", description = "that are recorded of each run; 6, quick 2")
    private Double seconds;

    @Option(names = "--rounds", description = "runs of each; 5, quick 1")
    private Integer rounds;

    @Option(names = "--forces", description = "thousands of forces, one at a time, in each run; 3, quick 0.5")
    private Double forces;

    @Option(names = "--run", paramLabel = "OPTION", description = "another option for Millrace's runs")
    private List<String> runOptions = List.of();

    private final Map<String, Outcomes> outcomes = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        bench.requireNoAssertions();
        bench.requirePositive("--rounds", rounds());
        bench.requirePositive("--seconds", seconds());
        bench.requirePositive("--forces", thousandsOfForces());
        rates().forEach(rate -> bench.requirePositive("--rate", rate));
        for (int round = 0; round < rounds(); round++) {
            for (final long rate : rates()) {
                for (int turn = 0; turn < SUBJECTS.size(); turn++) {
                    run(SUBJECTS.get((turn + round) % SUBJECTS.size()), rate, round);
                }
            }
            forceOneByOne("bare_force", round);
            forceOneByOne("millrace", round);
        }
        final Map<String, Object> environment = Environment.describe(bench.directory());
        environment.put("run_flags", RunProcess.flags());
        bench.finish("latency", result().environment(environment));
        return 0;
    }

    private List<Long> rates() {
        if (rates != null) {
            return rates;
        }
        return bench.quick()
                ? List.of(100_000L)
                : List.of(10_000L, 50_000L, 100_000L, 200_000L, 500_000L, 1_000_000L, 2_000_000L);
    }

    private int rounds() {
        return rounds != null ? rounds : bench.quick() ? 1 : 5;
    }

    private double seconds() {
        return seconds != null ? seconds : bench.quick() ? 2 : 6;
    }

    private double thousandsOfForces() {
        return forces != null ? forces : bench.quick() ? 0.5 : 3;
    }

    private void run(final String subject, final long rate, final int round) throws Exception {
        final List<String> arguments = arguments(subject, subject + "-" + rate + "-" + round);
        arguments.add("--rate=" + rate);
        arguments.add("--seconds=" + seconds());
        keep(subject + " " + rate, Section.JOURNALED, arguments, round);
    }

    private void forceOneByOne(final String subject, final int round) throws Exception {
        final List<String> arguments = arguments(subject, subject + "-synced-" + round);
        arguments.add("--rate=0");
        arguments.add("--durability=SYNCED");
        arguments.add("--seconds=" + thousandsOfForces());
        keep(subject + " synced", Section.SYNCED, arguments, round);
    }

    private List<String> arguments(final String subject, final String name) {
        final Path hlog = bench.hlogFolder("latency");
        final List<String> arguments = new ArrayList<>();
        arguments.add("--subject=" + subject);
        arguments.add("--name=" + name);
        arguments.add("--hlog=" + hlog);
        arguments.add("--dir=" + bench.directory());
        if (subject.equals("millrace")) {
            arguments.addAll(runOptions);
        }
        return arguments;
    }

    private void keep(final String key, final Section section, final List<String> arguments, final int round)
            throws Exception {
        final var run = RunProcess.run(arguments);
        outcomes.computeIfAbsent(key, any -> new Outcomes()).add(run);
        final var found = run.get(section.key());
        bench.say(
                "round %d of %d: %-24s p50 %,10.1f us, p99 %,10.1f us, max %,10.1f us%s",
                round + 1,
                rounds(),
                key,
                found.get("p50").asDouble(),
                found.get("p99").asDouble(),
                found.get("max").asDouble(),
                run.get("kept_rate").asBoolean() ? "" : "  (rate missed: failed)");
    }

    private Result result() {
        Result result = Result.of("latency", "Latency on a fixed schedule, from when a command was due")
                .text("durability", "JOURNALED, and SYNCED where it says so")
                .summary(String.format(
                        Locale.ROOT,
                        "64-byte commands are due at fixed times whatever happens; nobody waits for an answer before the"
                                + " next is sent. Medians of %d runs of %.0f s each, in processes of their own, in turns. A"
                                + " run that could not keep its rate counts as failed, and stays in. To JOURNALED means: the"
                                + " event is in the page cache and the outcome callback has been called.",
                        rounds(),
                        seconds()));
        for (final long rate : rates()) {
            result = figures(result, rate);
        }
        result = synced(result);
        for (final Section section : List.of(Section.JOURNALED, Section.PROJECTED)) {
            result = result.table(table(section));
        }
        return charts(result)
                .table(idle())
                .detail("rounds", rounds())
                .detail("all_rounds", all())
                .detail("missed", missed());
    }

    private Result figures(final Result start, final long rate) {
        Result result = start;
        final Outcomes ours = outcomes.get("millrace " + rate);
        final Outcomes theirs = outcomes.get("hand_wired " + rate);
        for (final Section section : List.of(Section.JOURNALED, Section.PROJECTED)) {
            for (final String percentile : Outcomes.PERCENTILES) {
                final String name = section.key() + "_" + rate + "_" + percentile.replace('.', '_');
                final double mine = ours.median(section.key(), percentile);
                final double other = theirs.median(section.key(), percentile);
                result = result.figure("millrace_" + name + "_us", mine).figure("hand_wired_" + name + "_us", other);
                if (section == Section.JOURNALED && (percentile.equals("p50") || percentile.equals("p99"))) {
                    result = result.figure("ratio_" + name, mine / other);
                }
            }
        }
        return result.summary(String.format(
                Locale.ROOT,
                "%,d/s to JOURNALED: Millrace p50 %.1f µs, p99 %.1f µs%s; by hand p50 %.1f µs, p99 %.1f µs%s.",
                rate,
                ours.median("journaled", "p50"),
                ours.median("journaled", "p99"),
                missed(ours),
                theirs.median("journaled", "p50"),
                theirs.median("journaled", "p99"),
                missed(theirs)));
    }

    private String missed(final Outcomes found) {
        return found.missed() == 0 ? "" : " (" + found.missed() + " of " + rounds() + " runs missed the rate)";
    }

    private Result synced(final Result start) {
        final double ours = outcomes.get("millrace synced").median("synced", "p50");
        final double bare = outcomes.get("bare_force synced").median("synced", "p50");
        return start.figure("millrace_synced_one_p50_us", ours)
                .figure("bare_force_p50_us", bare)
                .figure("ratio_synced_one_p50", ours / bare)
                .summary(String.format(
                        Locale.ROOT,
                        "SYNCED, one command at a time: p50 %.0f µs; a bare FileChannel.force of as many bytes %.0f µs:"
                                + " %.2f ×.",
                        ours,
                        bare,
                        ours / bare));
    }

    private Table table(final Section section) {
        final List<List<String>> rows = new ArrayList<>();
        for (final long rate : rates()) {
            for (final String subject : SUBJECTS) {
                final Outcomes found = outcomes.get(subject + " " + rate);
                final List<String> row = new ArrayList<>();
                row.add(String.format(Locale.ROOT, "%,d/s, %s", rate, TITLES.get(subject)));
                for (final String percentile : Outcomes.PERCENTILES) {
                    row.add(String.format(Locale.ROOT, "%,.1f", found.median(section.key(), percentile)));
                }
                row.add(found.missed() == 0 ? "kept" : found.missed() + " of " + rounds() + " failed");
                rows.add(row);
            }
        }
        return new Table("To " + section + ", microseconds, medians of the runs", columns("rate"), rows);
    }

    private static List<String> columns(final String last) {
        final List<String> columns = new ArrayList<>(List.of(""));
        columns.addAll(Outcomes.PERCENTILES);
        columns.add(last);
        return columns;
    }

    private Table idle() {
        final List<List<String>> rows = new ArrayList<>();
        outcomes.forEach((key, found) -> {
            final List<String> row = new ArrayList<>(List.of(key));
            Outcomes.PERCENTILES.forEach(percentile ->
                    row.add(String.format(Locale.ROOT, "%,.1f", found.median("idle_thread", percentile))));
            row.add("");
            rows.add(row);
        });
        return new Table(
                "Beside each: by how much a thread overslept that does nothing but sleep a millisecond, microseconds",
                columns(" "),
                rows);
    }

    private Result charts(final Result start) {
        Result result = start;
        for (final long rate : rates()) {
            result = result.chart(Chart.percentiles(
                            String.format(Locale.ROOT, "To JOURNALED at %,d commands a second", rate),
                            "microseconds",
                            curve("Millrace", "millrace " + rate, Section.JOURNALED),
                            curve(TITLES.get("hand_wired"), "hand_wired " + rate, Section.JOURNALED),
                            curve("Millrace, to projected", "millrace " + rate, Section.PROJECTED),
                            curve("by hand, to projected", "hand_wired " + rate, Section.PROJECTED))
                    .withNote("The last point is the maximum."));
        }
        return result.chart(Chart.percentiles(
                "SYNCED, one at a time",
                "microseconds",
                curve("Millrace", "millrace synced", Section.SYNCED),
                curve("bare force", "bare_force synced", Section.SYNCED)));
    }

    private Series curve(final String name, final String key, final Section section) {
        return Series.of(name, Outcomes.PLACES, outcomes.get(key).medians(section.key()));
    }

    private Map<String, Object> all() {
        final Map<String, Object> all = new LinkedHashMap<>();
        outcomes.forEach((key, found) -> all.put(key, found.all()));
        return all;
    }

    private Map<String, Integer> missed() {
        final Map<String, Integer> all = new LinkedHashMap<>();
        outcomes.forEach((key, found) -> all.put(key, found.missed()));
        return all;
    }
}
