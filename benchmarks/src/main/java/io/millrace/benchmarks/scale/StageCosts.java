package io.millrace.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Processor time by the name of a thread, up to a moment. Threads with the same name are one stage. */
final class StageCosts {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<String, Long> cpuNs;

    private StageCosts(final Map<String, Long> cpuNs) {
        this.cpuNs = cpuNs;
    }

    static StageCosts now() {
        final Map<String, Long> cpuNs = new TreeMap<>();
        for (final long id : THREADS.getAllThreadIds()) {
            final var info = THREADS.getThreadInfo(id);
            final long used = THREADS.getThreadCpuTime(id);
            if (info != null && used > 0) {
                cpuNs.merge(info.getThreadName(), used, Long::sum);
            }
        }
        return new StageCosts(cpuNs);
    }

    /** What each stage has used since, divided by so many events. Waiting by spinning is in it. */
    Map<String, Double> perEvent(final long events) {
        final Map<String, Double> costs = new LinkedHashMap<>();
        now().cpuNs.forEach((name, used) -> {
            final double since = (double) (used - cpuNs.getOrDefault(name, 0L)) / events;
            if (since >= 1) {
                costs.put(name, since);
            }
        });
        return costs;
    }
}
