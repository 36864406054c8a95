package io.millrace.benchmarks;

import java.util.Arrays;

/** The results of one contender over the rounds. */
final class Series {
    private final String name;
    private double[] values = {};

    Series(final String name) {
        this.name = name;
    }

    void add(final double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    String name() {
        return name;
    }

    double[] values() {
        return values.clone();
    }

    double min() {
        return Arrays.stream(values).min().orElseThrow();
    }

    double max() {
        return Arrays.stream(values).max().orElseThrow();
    }

    double median() {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
