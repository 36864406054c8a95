package io.millrace.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The values of a chart of bars by series and category; series need not have the same categories. */
record BarValues(List<String> categories, List<Series> series) {

    /** Ends of the thin line along a bar; both are the value where there is no range. */
    record Range(double low, double high) {}

    static BarValues of(final Chart chart) {
        final Set<String> categories = new LinkedHashSet<>();
        chart.series().forEach(series -> series.x().forEach(place -> categories.add(place.toString())));
        return new BarValues(new ArrayList<>(categories), chart.series());
    }

    boolean hasMillrace() {
        return categories.stream().anyMatch(ChartLook::isMillrace);
    }

    /** Null where there is none. */
    Double value(final int row, final int column) {
        final int index = index(row, column);
        return index < 0 ? null : series.get(row).y().get(index);
    }

    Range range(final int row, final int column) {
        final int index = index(row, column);
        final Series bars = series.get(row);
        final Double value = bars.y().get(index);
        if (bars.low().isEmpty() || bars.low().get(index) == null || bars.high().get(index) == null) {
            return new Range(value, value);
        }
        return new Range(bars.low().get(index), bars.high().get(index));
    }

    /** All that has to fit on the axis. */
    double[] all() {
        return series.stream()
                .flatMap(one -> Stream.of(one.y(), one.high()))
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private int index(final int row, final int column) {
        final List<Object> places = series.get(row).x();
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).toString().equals(categories.get(column))) {
                return i;
            }
        }
        return -1;
    }
}
