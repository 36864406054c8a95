package io.millrace.benchmarks.latency;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.benchmarks.rig.Rounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What several runs of the same kind came to. */
final class Outcomes {
    static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9", "p99.99", "max");
    static final double[] PLACES = {50, 90, 99, 99.9, 99.99, 99.999};

    private final Map<String, Map<String, Rounds>> sections = new LinkedHashMap<>();
    private int missed;
    private long refused;

    void add(final JsonNode run) {
        run.properties().forEach(section -> {
            if (section.getValue().isObject()) {
                PERCENTILES.forEach(percentile -> of(section.getKey(), percentile)
                        .add(section.getValue().get(percentile).asDouble()));
            }
        });
        missed += run.get("kept_rate").asBoolean() ? 0 : 1;
        refused += run.get("refused").asLong();
    }

    private Rounds of(final String section, final String percentile) {
        return sections.computeIfAbsent(section, key -> new LinkedHashMap<>())
                .computeIfAbsent(percentile, key -> new Rounds(section + " " + key));
    }

    boolean has(final Section section) {
        return sections.containsKey(section.key());
    }

    /** Microseconds; the median of the runs. */
    double median(final String section, final String percentile) {
        return sections.get(section).get(percentile).median();
    }

    /** Microseconds; the worst of the runs. */
    double worst(final String section, final String percentile) {
        return sections.get(section).get(percentile).max();
    }

    double[] medians(final String section) {
        return PERCENTILES.stream()
                .mapToDouble(percentile -> median(section, percentile))
                .toArray();
    }

    /** Runs that sent their last command late: the rate is more than there is room for. */
    int missed() {
        return missed;
    }

    /** Commands that were refused in all runs together. */
    long refused() {
        return refused;
    }

    Map<String, Map<String, double[]>> all() {
        final Map<String, Map<String, double[]>> all = new LinkedHashMap<>();
        sections.forEach((section, percentiles) -> {
            final Map<String, double[]> values = new LinkedHashMap<>();
            percentiles.forEach((percentile, rounds) -> values.put(percentile, rounds.values()));
            all.put(section, values);
        });
        return all;
    }
}
