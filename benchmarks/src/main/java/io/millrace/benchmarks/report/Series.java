package io.millrace.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One named line, curve or set of bars of a {@link Chart}. What is not finite is null, because JSON has no word for it;
 * the chart leaves a gap there.
 *
 * @param name what the legend calls it
 * @param x numbers, or names for bars; as many as y
 * @param y the values
 * @param low lower ends of the ranges around y; empty without ranges
 * @param high upper ends of the ranges around y; empty without ranges
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Series(String name, List<Object> x, List<Double> y, List<Double> low, List<Double> high) {

    /** Copies the lists and checks that they fit each other. */
    public Series {
        x = List.copyOf(x);
        y = Collections.unmodifiableList(y.stream().map(Series::finite).toList());
        low = Collections.unmodifiableList(low.stream().map(Series::finite).toList());
        high = Collections.unmodifiableList(high.stream().map(Series::finite).toList());
        requireLength(name, "y", x.size(), y.size());
        requireLength(name, "high", low.size(), high.size());
        if (!low.isEmpty()) {
            requireLength(name, "low", x.size(), low.size());
        }
    }

    /**
     * Points of a line or of a percentile curve.
     *
     * @param name what the legend calls it
     * @param x the places
     * @param y the values there
     * @return the series
     */
    public static Series of(final String name, final double[] x, final double[] y) {
        final List<Object> places =
                Arrays.stream(x).mapToObj(Object.class::cast).toList();
        return new Series(name, places, boxed(y), List.of(), List.of());
    }

    /**
     * Bars with a name each.
     *
     * @param name what the legend calls them
     * @param categories the names below the bars
     * @param y the values
     * @return the series
     */
    public static Series of(final String name, final List<String> categories, final double... y) {
        return new Series(name, List.copyOf(categories), boxed(y), List.of(), List.of());
    }

    /**
     * The same with ranges, for example from the worst to the best round.
     *
     * @param lowest lower ends
     * @param highest upper ends
     * @return another series
     */
    public Series withRange(final double[] lowest, final double[] highest) {
        return new Series(name, x, y, boxed(lowest), boxed(highest));
    }

    private static List<Double> boxed(final double[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }

    private static Double finite(final Double value) {
        return value != null && Double.isFinite(value) ? value : null;
    }

    private static void requireLength(final String name, final String what, final int required, final int length) {
        if (required != length) {
            throw new IllegalArgumentException("series " + name + " needs " + what + " of the length of its partner:"
                    + " required=" + required + " length=" + length);
        }
    }
}
