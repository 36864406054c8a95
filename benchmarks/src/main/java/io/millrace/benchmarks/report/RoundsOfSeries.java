package io.millrace.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arrays with a value for each round, at the top or in an object there: median, lowest and highest of each. */
final class RoundsOfSeries {
    private RoundsOfSeries() {}

    static void find(final JsonNode root, final List<Chart> charts, final List<Table> tables) {
        final Map<String, double[]> loose = arrays(root);
        if (!loose.isEmpty()) {
            tables.add(table("rounds", loose));
        }
        root.properties().forEach(field -> {
            final Map<String, double[]> rounds = field.getValue().isObject() ? arrays(field.getValue()) : Map.of();
            if (!rounds.isEmpty()) {
                charts.add(chart(Readable.name(field.getKey()), rounds));
                tables.add(table(Readable.name(field.getKey()), rounds));
            }
        });
    }

    private static Map<String, double[]> arrays(final JsonNode object) {
        final Map<String, double[]> arrays = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            final double[] values = numbers(field.getValue());
            if (values.length > 0) {
                Arrays.sort(values);
                arrays.put(field.getKey(), values);
            }
        });
        return arrays;
    }

    private static double[] numbers(final JsonNode array) {
        final List<Double> numbers = new ArrayList<>();
        if (array.isArray()) {
            array.forEach(one -> numbers.add(one.isNumber() ? one.doubleValue() : Double.NaN));
        }
        final double[] values =
                numbers.stream().mapToDouble(Double::doubleValue).toArray();
        return Arrays.stream(values).allMatch(Double::isFinite) ? values : new double[0];
    }

    private static Table table(final String title, final Map<String, double[]> rounds) {
        final List<List<String>> rows = new ArrayList<>();
        rounds.forEach((name, sorted) -> rows.add(List.of(
                Readable.name(name),
                Readable.compact(median(sorted)),
                Readable.compact(sorted[0]),
                Readable.compact(sorted[sorted.length - 1]),
                String.valueOf(sorted.length))));
        return new Table(title, List.of("", "median", "lowest", "highest", "rounds"), rows);
    }

    private static Chart chart(final String title, final Map<String, double[]> rounds) {
        final List<double[]> values = List.copyOf(rounds.values());
        final Series medians = Series.of(
                "median",
                List.copyOf(rounds.keySet()),
                values.stream().mapToDouble(RoundsOfSeries::median).toArray());
        final Series ranged = medians.withRange(
                values.stream().mapToDouble(sorted -> sorted[0]).toArray(),
                values.stream().mapToDouble(sorted -> sorted[sorted.length - 1]).toArray());
        return Chart.bars(title, "", ranged)
                .withNote("Medians; the thin lines reach from the lowest to the highest round.");
    }

    private static double median(final double[] sorted) {
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
