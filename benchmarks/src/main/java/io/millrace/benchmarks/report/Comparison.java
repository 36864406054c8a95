package io.millrace.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures that a result and the one committed before it have both.
 *
 * @param commit the commit of the one before
 * @param before its figures by name
 * @param differences sentences on what else was different; empty if the machine and the JDK were the same
 */
record Comparison(String commit, Map<String, Double> before, List<String> differences) {

    static Comparison of(final ResultFile now, final ResultFile earlier, final String commit) {
        final Map<String, Double> both = new LinkedHashMap<>(earlier.figures());
        both.keySet().retainAll(now.figures().keySet());
        final List<String> differences = new ArrayList<>();
        for (final String fact : List.of("cpu", "jdk")) {
            final String was = earlier.machine(fact);
            final String is = now.machine(fact);
            if (!was.equals(is)) {
                differences.add(fact + " was " + named(was) + ", is " + named(is));
            }
        }
        return new Comparison(commit, both, differences);
    }

    private static String named(final String value) {
        return value.isEmpty() ? "not noted" : value;
    }
}
