package io.millrace.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A result as the pages need it.
 *
 * @param result what was read
 * @param links addresses of the file and of what else is written about it, by name
 * @param comparison with the run before; null if there is none
 * @param charts its charts, drawn
 */
record Entry(ResultFile result, Map<String, String> links, Comparison comparison, List<DrawnChart> charts) {
    private static final int KEY_FIGURES = 4;

    /** So that one result does not fill the overview; its own section has them all. */
    private static final int MOST_KEY_FIGURES = 15;

    /** A figure of the overview: its value, then what it is. */
    record KeyFigure(String value, String name) {}

    /** What the overview says of it: ratios first, as they say who is faster, then what is Millrace's own. */
    List<KeyFigure> keyFigures() {
        final Map<String, Double> figures = result.figures();
        if (result.kind().equals(ResultFile.JMH)) {
            return List.of(
                    new KeyFigure(String.valueOf(result.tables().get(0).rows().size()), "benchmarks"));
        }
        final long ratios = figures.keySet().stream().filter(Entry::isRatio).count();
        return figures.keySet().stream()
                .sorted(Comparator.comparingInt(Entry::rank))
                .limit(Math.min(Math.max(ratios, KEY_FIGURES), MOST_KEY_FIGURES))
                .map(name -> keyFigure(name, figures.get(name)))
                .toList();
    }

    /** The figures as a table; with what was before, if something was. */
    Table figures() {
        final List<List<String>> rows = new ArrayList<>();
        result.figures().forEach((name, now) -> {
            final List<String> row = new ArrayList<>(List.of(Readable.name(name), Readable.figure(name, now)));
            if (comparison != null) {
                final Double before = comparison.before().get(name);
                row.add(before == null ? "" : Readable.figure(name, before));
                row.add(before == null ? "" : Readable.change(before, now));
            }
            rows.add(row);
        });
        return comparison == null
                ? new Table("Figures", List.of("", "now"), rows)
                : new Table(
                        "Figures, and in the run committed before (" + comparison.commit() + ")",
                        List.of("", "now", "before", "change"),
                        rows);
    }

    /** Whether the figures are the main thing: of files without charts, tables and sentences of their own. */
    boolean livesFromFigures() {
        return !result.figures().isEmpty() && result.kind().isEmpty();
    }

    String durability() {
        return result.texts().getOrDefault("durability", "");
    }

    /** The processor and its cores, and the commit that was measured; without those that nobody noted. */
    List<String> machine() {
        final String cores = result.machine("cores");
        final String processor = result.machine("cpu") + (cores.isEmpty() ? "" : ", " + cores + " cores");
        final String commit = result.machine("commit");
        return Stream.of(processor, commit).filter(text -> !text.isEmpty()).toList();
    }

    private KeyFigure keyFigure(final String name, final double now) {
        final Double before = comparison == null ? null : comparison.before().get(name);
        final String change = before == null ? "" : " (" + Readable.change(before, now) + ")";
        return new KeyFigure(Readable.figure(name, now), Readable.nameWithoutUnit(name) + change);
    }

    private static int rank(final String name) {
        if (isRatio(name)) {
            return 0;
        }
        return name.startsWith("millrace") ? 1 : 2;
    }

    private static boolean isRatio(final String name) {
        return name.startsWith("ratio");
    }
}
