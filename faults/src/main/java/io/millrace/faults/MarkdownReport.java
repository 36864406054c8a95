package io.millrace.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes runs of the harness as Markdown: where they ran, a table of the layers, and a table of each layer's faults. */
final class MarkdownReport {
    private static final String WHAT = """
            # Reliability

            What the fault harness did to the engine, and what came of it. *Caught*: all that was acknowledged was there, once, \
            in order, and the rest whole or absent, or damage was refused by a typed error where refusing is right. *Refused*: \
            refused where it should have recovered. *Did not come to pass*: the fault was prepared, and the process was done \
            before; such runs are not counted.

            """;
    private static final String KILL = "kill at ";

    private final List<HarnessRun> runs;
    private final StringBuilder out = new StringBuilder(WHAT);

    MarkdownReport(final List<HarnessRun> runs) {
        this.runs = runs;
    }

    String text() {
        runs.forEach(this::environment);
        out.append("\n| layer | JDK | commit | seed | runs | caught | refused | lost | silent | hung | seconds |\n");
        out.append("|---|---|---|---|---|---|---|---|---|---|---|\n");
        runs.forEach(run -> run.results().forEach(result -> layerRow(run, result)));
        notDone();
        runs.forEach(run -> run.results().forEach(this::layer));
        return out.toString();
    }

    private void environment(final HarnessRun run) {
        final List<String> facts = new ArrayList<>();
        run.environment().forEach((name, value) -> facts.add(name + ' ' + value));
        final long seconds =
                run.results().stream().mapToLong(LayerResult::seconds).sum();
        facts.add(String.format(
                Locale.ROOT, "%,d s in %d layers", seconds, run.results().size()));
        out.append("* ").append(String.join(", ", facts)).append('\n');
    }

    private void layerRow(final HarnessRun run, final LayerResult result) {
        row(
                result.layer(),
                jdk(result),
                run.commitOf(result),
                Long.toString(result.seed()),
                numbers(result.total(), LayerResult.HUNG),
                String.format(Locale.ROOT, "%,d", result.seconds()));
    }

    private void row(final String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Above the details, so that nobody takes what is missing for what went well. */
    private void notDone() {
        final List<String> lines = new ArrayList<>();
        runs.forEach(run -> run.results()
                .forEach(result -> result.skipped()
                        .forEach((name, reason) ->
                                lines.add("* " + result.layer() + ": " + name + ": " + reason + '\n'))));
        if (!lines.isEmpty()) {
            out.append("\nNot done, and why:\n\n");
            lines.forEach(out::append);
        }
    }

    private void layer(final LayerResult result) {
        out.append("\n## ")
                .append(result.layer())
                .append(", JDK ")
                .append(jdk(result))
                .append("\n\n");
        if (result.layer().equals(Layers.PLANTED)) {
            planted(result);
        } else {
            faults(result);
            failpoints(result);
        }
        if (!result.found().isEmpty()) {
            out.append("\nFound:\n\n```\n");
            result.found().forEach(line -> out.append(line).append('\n'));
            out.append("```\n");
        }
    }

    private void faults(final LayerResult result) {
        out.append("| fault | runs | caught | refused | lost | silent | hung | did not come to pass | |\n");
        out.append("|---|---|---|---|---|---|---|---|---|\n");
        result.faults()
                .forEach((name, counts) -> row(
                        name,
                        numbers(counts, LayerResult.MISSED),
                        inCell(result.remarks().getOrDefault(name, ""))));
    }

    private void planted(final LayerResult result) {
        out.append("| planted bug | caught by | run | seconds | what it said |\n|---|---|---|---|---|\n");
        for (final Map.Entry<String, long[]> bug : result.faults().entrySet()) {
            final Optional<Catch> caught = bug.getValue()[LayerResult.CAUGHT] == 0
                    ? Optional.empty()
                    : Catch.of(result.remarks().getOrDefault(bug.getKey(), ""));
            row(
                    bug.getKey(),
                    caught.map(Catch::by).orElse(uncaught(bug)),
                    caught.map(each -> Integer.toString(each.run())).orElse(""),
                    caught.map(each -> String.format(Locale.ROOT, "%.1f", each.seconds()))
                            .orElse(""),
                    caught.map(each -> inCell(each.what())).orElse(""));
        }
    }

    private static String uncaught(final Map.Entry<String, long[]> bug) {
        if (!bug.getKey().equals(Layers.NO_BUG)) {
            return "**nothing**";
        }
        return bug.getValue()[LayerResult.CAUGHT] > 0 ? "nothing, as it must be" : "**something**, so no catch counts";
    }

    private static String inCell(final String text) {
        return text.replace('|', '/').replace('\n', ' ');
    }

    /** How many of the failpoints have killed, and which have not. */
    private void failpoints(final LayerResult result) {
        if (!result.layer().equals(Layers.FAILPOINT_KILLS)) {
            return;
        }
        final List<String> killed = new ArrayList<>();
        final List<String> never = new ArrayList<>();
        result.faults().forEach((name, counts) -> {
            // A kill at a random time is at no failpoint, whose names have a dot.
            if (name.startsWith(KILL) && name.indexOf('.') > 0) {
                (counts[LayerResult.RUNS] > 0 ? killed : never).add(name.substring(KILL.length()));
            }
        });
        out.append("\nFailpoints that killed a process: ").append(killed.size());
        out.append(", that did not: ").append(never.size());
        out.append(never.isEmpty() ? "" : " (" + String.join(", ", never) + ')').append(".\n");
    }

    private static String jdk(final LayerResult result) {
        return result.jdk().replaceAll("[+.].*", "");
    }

    private static String numbers(final long[] counts, final int upTo) {
        final List<String> numbers = new ArrayList<>();
        for (int i = 0; i <= upTo; i++) {
            numbers.add(String.format(Locale.ROOT, "%,d", counts[i]));
        }
        return String.join(" | ", numbers);
    }
}
