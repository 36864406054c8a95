package io.millrace.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JMH's own form: an array with an object for each benchmark and its parameters. */
final class JmhResult {
    private static final List<String> COLUMNS =
            List.of("benchmark", "parameters", "mode", "threads", "score", "± error", "unit", "heap bytes each");

    private JmhResult() {}

    static ResultFile read(final String file, final JsonNode root) throws BadResultException {
        final Map<String, Double> figures = new LinkedHashMap<>();
        final List<List<String>> rows = new ArrayList<>();
        for (final JsonNode run : root) {
            final Fields fields = Fields.of("[" + rows.size() + "]", run);
            final JsonNode score = run.path("primaryMetric").path("score");
            if (!score.isNumber() && !score.isTextual()) {
                throw fields.bad("primaryMetric.score", "a number", score);
            }
            final String benchmark = shortName(fields.requiredText("benchmark"));
            final String parameters = parameters(run);
            final String name = (benchmark + " " + parameters).trim();
            final String unit = run.path("primaryMetric").path("scoreUnit").asText();
            figures.put(name + ", " + unit, score.asDouble(Double.NaN));
            rows.add(row(run, benchmark, parameters));
        }
        figures.values().removeIf(value -> !Double.isFinite(value));
        final String title = "JMH: " + file.replaceFirst("\\.json$", "");
        return new ResultFile(
                file,
                ResultFile.JMH,
                title,
                List.of(),
                figures,
                Map.of(),
                List.of(),
                List.of(new Table("", COLUMNS, rows)),
                environment(root));
    }

    private static List<String> row(final JsonNode run, final String benchmark, final String parameters) {
        final JsonNode metric = run.path("primaryMetric");
        final JsonNode bytes =
                run.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
        return List.of(
                benchmark,
                parameters,
                run.path("mode").asText(),
                run.path("threads").asText(),
                number(metric.path("score")),
                number(metric.path("scoreError")),
                metric.path("scoreUnit").asText(),
                number(bytes));
    }

    /** JMH writes NaN as a string, for example as the error of a single iteration. */
    private static String number(final JsonNode value) {
        return Readable.compact(value.asDouble(Double.NaN));
    }

    private static String shortName(final String benchmark) {
        final int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }

    private static String parameters(final JsonNode run) {
        final List<String> parameters = new ArrayList<>();
        run.path("params")
                .properties()
                .forEach(one ->
                        parameters.add(one.getKey() + "=" + one.getValue().asText()));
        return String.join(", ", parameters);
    }

    private static Map<String, Object> environment(final JsonNode root) {
        final Map<String, Object> environment = new LinkedHashMap<>();
        final JsonNode first = root.path(0);
        put(
                environment,
                "jdk",
                first.path("vmName").asText() + " " + first.path("vmVersion").asText());
        put(environment, "JMH", first.path("jmhVersion").asText());
        final List<String> flags = new ArrayList<>();
        first.path("jvmArgs").forEach(flag -> flags.add(flag.asText()));
        put(environment, "flags", String.join(" ", flags));
        return environment;
    }

    private static void put(final Map<String, Object> environment, final String name, final String value) {
        if (!value.isBlank()) {
            environment.put(name, value.trim());
        }
    }
}
