package io.millrace.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects at the top whose fields are named p50, p99.9 and so on: a curve each, and a table of all. */
final class PercentileGroups {
    private PercentileGroups() {}

    static void find(final JsonNode root, final List<Chart> charts, final List<Table> tables) {
        final Map<String, Map<String, Double>> groups = new LinkedHashMap<>();
        root.properties().forEach(field -> {
            if (isGroup(field.getValue())) {
                groups.put(field.getKey(), KindResult.figures(field.getValue()));
            }
        });
        if (!groups.isEmpty()) {
            charts.add(chart(groups));
            tables.add(table(groups));
        }
    }

    private static boolean isGroup(final JsonNode value) {
        return value.isObject()
                && !value.isEmpty()
                && value.properties().stream()
                        .allMatch(one -> one.getKey().matches("p\\d{1,3}(\\.\\d+)?")
                                && one.getValue().isNumber());
    }

    private static Chart chart(final Map<String, Map<String, Double>> groups) {
        final Series[] series = groups.entrySet().stream()
                .map(group -> series(Readable.nameWithoutUnit(group.getKey()), group.getValue()))
                .toArray(Series[]::new);
        return Chart.percentiles("Latency", unit(groups), series);
    }

    private static String unit(final Map<String, Map<String, Double>> groups) {
        return groups.keySet().stream().allMatch(name -> name.endsWith("_us")) ? "µs" : "";
    }

    private static Series series(final String name, final Map<String, Double> values) {
        final double[] percentiles = values.keySet().stream()
                .mapToDouble(key -> Double.parseDouble(key.substring(1)))
                .toArray();
        return Series.of(
                name,
                percentiles,
                values.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Table table(final Map<String, Map<String, Double>> groups) {
        final List<String> percentiles =
                List.copyOf(groups.values().iterator().next().keySet());
        final List<String> columns = new ArrayList<>(List.of(""));
        columns.addAll(percentiles);
        final List<List<String>> rows = new ArrayList<>();
        groups.forEach((name, values) -> {
            final List<String> row = new ArrayList<>(List.of(Readable.nameWithoutUnit(name)));
            percentiles.forEach(key -> row.add(Readable.compact(values.getOrDefault(key, Double.NaN))));
            rows.add(row);
        });
        return new Table(("Latency " + unit(groups)).trim(), columns, rows);
    }
}
