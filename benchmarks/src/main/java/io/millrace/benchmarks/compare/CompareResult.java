package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.report.Chart;
import io.millrace.benchmarks.report.Result;
import io.millrace.benchmarks.report.Series;
import io.millrace.benchmarks.report.Table;
import io.millrace.benchmarks.rig.Rounds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Figures, charts and tables of a comparison. */
record CompareResult(List<Tally> tallies, Map<String, String> absent, int accounts, int rounds) {
    private static final String OURS = "millrace";

    Result result(final boolean replays) {
        return replays ? replay() : live();
    }

    private Result live() {
        Result result = Result.of("compare", "Everyone on the same work: publish, decide, keep, apply, project")
                .text("durability", "as the table says; Millrace JOURNALED")
                .summary(String.format(
                        Locale.ROOT,
                        "One producer, 64-byte commands, one 64-byte event each, %,d accounts, one live read model; every"
                                + " contender in a process of its own with the same JVM flags, in turns, medians of %d"
                                + " rounds; every answer was checked.",
                        accounts,
                        rounds));
        result = figures(result, tally -> tally.live, "_eps", "ratio_");
        final Optional<Tally> synced = find("millrace_synced");
        if (synced.isPresent() && find(OURS).isPresent()) {
            result = result.figure(
                    "ratio_synced",
                    synced.get().live.median() / find(OURS).get().live.median());
        }
        result = sentences(result, tally -> tally.live, "events a second");
        return result.chart(bars("Events a second, end to end", tally -> tally.live))
                .table(table("End to end", tally -> tally.live))
                .table(settings())
                .detail("rounds", rounds)
                .detail("all_rounds", allRounds(tally -> tally.live))
                .detail("commands_per_round", commandsPerRound())
                .detail("absent", absent);
    }

    private Result replay() {
        Result result = Result.of("replay", "Opening a journal and applying all of it")
                .text("durability", "JOURNALED")
                .summary(String.format(
                        Locale.ROOT,
                        "The journal of the same work as in the comparison, opened as after a restart and applied to an"
                                + " empty state of %,d accounts; opening counts; medians of %d rounds in turns; the state"
                                + " was checked.",
                        accounts,
                        rounds));
        result = figures(result, tally -> tally.replay, "_replay_eps", "ratio_replay_");
        final Optional<Tally> byHand = find("hand_wired");
        if (byHand.isPresent() && find(OURS).isPresent()) {
            result = result.figure(
                    "ratio_replay",
                    find(OURS).get().replay.median() / byHand.get().replay.median());
        }
        result = sentences(result, tally -> tally.replay, "events a second");
        return result.chart(bars("Events replayed a second", tally -> tally.replay))
                .table(table("Replay", tally -> tally.replay))
                .table(settings())
                .detail("rounds", rounds)
                .detail("all_rounds", allRounds(tally -> tally.replay))
                .detail("commands_per_round", commandsPerRound())
                .detail("absent", absent);
    }

    private Optional<Tally> find(final String key) {
        return tallies.stream().filter(tally -> tally.rival.key().equals(key)).findFirst();
    }

    private Result figures(
            final Result start, final Function<Tally, Rounds> what, final String suffix, final String ratioPrefix) {
        Result result = start;
        for (final Tally tally : tallies) {
            result = result.figure(tally.rival.key() + suffix, what.apply(tally).median());
        }
        final Optional<Tally> ours = find(OURS);
        for (final Tally tally : tallies) {
            if (ours.isPresent() && !tally.rival.key().startsWith(OURS)) {
                final double base = what.apply(ours.get()).median();
                result = result.figure(
                        ratioPrefix + tally.rival.key(),
                        base / what.apply(tally).median());
            }
        }
        return result;
    }

    private Result sentences(final Result start, final Function<Tally, Rounds> what, final String unit) {
        final Optional<Tally> ours = find(OURS);
        if (ours.isEmpty()) {
            return start;
        }
        final double base = what.apply(ours.get()).median();
        final List<String> against = new ArrayList<>();
        for (final Tally tally : tallies) {
            if (tally.rival.key().startsWith(OURS)) {
                continue;
            }
            against.add(String.format(
                    Locale.ROOT, "%s × %s", times(base / what.apply(tally).median()), tally.rival.title()));
        }
        final String others = against.isEmpty() ? "" : " That is " + String.join(", ", against) + ".";
        return start.summary(String.format(Locale.ROOT, "Millrace: %,.0f %s.%s", base, unit, others));
    }

    private static String times(final double ratio) {
        return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
    }

    private List<Tally> fastestFirst(final Function<Tally, Rounds> what) {
        return tallies.stream()
                .sorted(Comparator.comparingDouble(tally -> -what.apply(tally).median()))
                .toList();
    }

    private Chart bars(final String title, final Function<Tally, Rounds> what) {
        final List<Tally> sorted = fastestFirst(what);
        final Series series = Series.of(
                        "events a second",
                        sorted.stream()
                                .map(tally -> tally.rival.title() + " ("
                                        + tally.rival.durability().name().toLowerCase(Locale.ROOT) + ")")
                                .toList(),
                        sorted.stream()
                                .mapToDouble(tally -> what.apply(tally).median())
                                .toArray())
                .withRange(
                        sorted.stream()
                                .mapToDouble(tally -> what.apply(tally).min())
                                .toArray(),
                        sorted.stream()
                                .mapToDouble(tally -> what.apply(tally).max())
                                .toArray());
        return Chart.bars(title, "events a second", series)
                .withLogY()
                .withNote("Medians; ranges from the worst to the best round. The scale is logarithmic.");
    }

    private Table table(final String title, final Function<Tally, Rounds> what) {
        final double base = find(OURS).map(ours -> what.apply(ours).median()).orElse(Double.NaN);
        final List<List<String>> rows = new ArrayList<>();
        for (final Tally tally : fastestFirst(what)) {
            final Rounds series = what.apply(tally);
            rows.add(List.of(
                    tally.rival.title(),
                    tally.rival.durability().name(),
                    String.format(Locale.ROOT, "%,.0f", series.median()),
                    String.format(Locale.ROOT, "%,.0f", series.min()),
                    String.format(Locale.ROOT, "%,.0f", series.max()),
                    times(base / series.median()),
                    String.format(Locale.ROOT, "%,.0f", tally.cpuNs.median()),
                    String.format(Locale.ROOT, "%,.1f", tally.allocatedBytes.median()),
                    String.format(Locale.ROOT, "%,d", tally.residentBytes() >> 20)));
        }
        return new Table(
                title,
                List.of(
                        "contender",
                        "durability",
                        "events/s",
                        "min",
                        "max",
                        "Millrace is × as fast",
                        "processor ns/command, live",
                        "heap bytes/command, live",
                        "most resident MiB"),
                rows);
    }

    private Table settings() {
        final List<List<String>> rows = new ArrayList<>();
        for (final Tally tally : tallies) {
            final List<String> parts = new ArrayList<>();
            tally.rival.settings().forEach((name, value) -> parts.add(name + ": " + value));
            rows.add(List.of(
                    tally.rival.title(),
                    String.format(Locale.ROOT, "%,d", tally.work().commands()),
                    String.join("; ", parts)));
        }
        absent.forEach((key, reason) -> rows.add(List.of(key, "-", "did not run: " + reason)));
        return new Table("How each is set up", List.of("contender", "commands a round", "settings"), rows);
    }

    private Map<String, double[]> allRounds(final Function<Tally, Rounds> what) {
        final Map<String, double[]> all = new LinkedHashMap<>();
        tallies.forEach(tally -> all.put(tally.rival.key(), what.apply(tally).values()));
        return all;
    }

    private Map<String, Long> commandsPerRound() {
        final Map<String, Long> all = new LinkedHashMap<>();
        tallies.forEach(tally -> all.put(tally.rival.key(), tally.work().commands()));
        return all;
    }
}
