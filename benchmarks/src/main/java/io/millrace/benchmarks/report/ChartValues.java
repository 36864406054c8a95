package io.millrace.benchmarks.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of a chart as a table, for those who cannot see it or want the numbers. */
final class ChartValues {
    private ChartValues() {}

    static Table of(final Chart chart) {
        final List<String> columns = new ArrayList<>(List.of(chart.xTitle()));
        final Map<Object, String[]> rows = new LinkedHashMap<>();
        for (int i = 0; i < chart.series().size(); i++) {
            columns.add(chart.series().get(i).name());
            fill(rows, chart, i);
        }
        final List<List<String>> cells = new ArrayList<>();
        rows.forEach((place, values) -> {
            final List<String> row = new ArrayList<>(List.of(place(chart, place)));
            for (final String value : values) {
                row.add(value == null ? "" : value);
            }
            cells.add(row);
        });
        return new Table(chart.yTitle(), columns, cells);
    }

    private static void fill(final Map<Object, String[]> rows, final Chart chart, final int index) {
        final Series series = chart.series().get(index);
        for (int i = 0; i < series.x().size(); i++) {
            final String[] row = rows.computeIfAbsent(
                    series.x().get(i), any -> new String[chart.series().size()]);
            row[index] = cell(series, i);
        }
    }

    private static String cell(final Series series, final int index) {
        final String value = number(series.y().get(index));
        return series.low().isEmpty()
                ? value
                : value + " (" + number(series.low().get(index)) + " to "
                        + number(series.high().get(index)) + ")";
    }

    private static String place(final Chart chart, final Object place) {
        if (!(place instanceof Number number)) {
            return place.toString();
        }
        final double value = number.doubleValue();
        if (chart.type() == Chart.Type.PERCENTILES) {
            return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString() + " %";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? String.valueOf((long) value)
                : Readable.compact(value);
    }

    private static String number(final Double value) {
        return value == null ? "–" : Readable.compact(value);
    }
}
