package io.millrace.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a {@link Chart} as a result file has it. */
final class ChartReader {
    private ChartReader() {}

    static Chart read(final Fields chart) throws BadResultException {
        final Chart.Type type = type(chart);
        final List<Series> series = new ArrayList<>();
        for (final Fields one : chart.objects("series")) {
            series.add(series(one, type));
        }
        if (series.isEmpty()) {
            throw chart.bad(
                    "series", "an array with at least one series", chart.node().path("series"));
        }
        return new Chart(
                chart.text("title"),
                type,
                chart.text("xTitle"),
                chart.text("yTitle"),
                chart.truth("logX"),
                chart.truth("logY"),
                chart.text("note"),
                series);
    }

    private static Chart.Type type(final Fields chart) throws BadResultException {
        final String name = chart.requiredText("type");
        for (final Chart.Type type : Chart.Type.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        throw chart.bad("type", "bars, lines or percentiles", chart.node().path("type"));
    }

    private static Series series(final Fields series, final Chart.Type type) throws BadResultException {
        final List<Object> x = new ArrayList<>();
        for (final JsonNode place : series.list("x")) {
            x.add(place(series, type, place, x.size()));
        }
        try {
            return new Series(
                    series.text("name"), x, series.numbers("y"), series.numbers("low"), series.numbers("high"));
        } catch (final IllegalArgumentException e) {
            throw new BadResultException(series.path() + ": " + e.getMessage());
        }
    }

    private static Object place(final Fields series, final Chart.Type type, final JsonNode place, final int index)
            throws BadResultException {
        if (type == Chart.Type.BARS) {
            return place.asText();
        }
        if (!place.isNumber()) {
            throw series.bad("x[" + index + "]", "a number", place);
        }
        if (type == Chart.Type.PERCENTILES && (place.doubleValue() < 0 || place.doubleValue() > 100)) {
            throw series.bad("x[" + index + "]", "a percentile from 0 to 100", place);
        }
        return place.doubleValue();
    }
}
