package io.millrace.benchmarks.rig;

import java.util.Arrays;

/** The results of one contender over the rounds. */
public final class Rounds {
    private final String name;
    private double[] values = {};

    public Rounds(final String name) {
        this.name = name;
    }

    public void add(final double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    public String name() {
        return name;
    }

    public double[] values() {
        return values.clone();
    }

    public double min() {
        return Arrays.stream(values).min().orElseThrow();
    }

    public double max() {
        return Arrays.stream(values).max().orElseThrow();
    }

    public double median() {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
