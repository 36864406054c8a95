package io.millrace.benchmarks.scale;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.benchmarks.rig.Rounds;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the windows of the processes of one point took. */
final class Point {
    private final Rounds ns = new Rounds("ns per event");
    private final Rounds cpuNs = new Rounds("processor ns per event");
    private final Rounds bytes = new Rounds("heap bytes per event");
    private final Map<String, Double> stages = new LinkedHashMap<>();
    private long heapBytes;
    private long residentBytes;

    void add(final JsonNode run) {
        for (final JsonNode window : run.get("windows")) {
            ns.add(window.get("ns_per_event").asDouble());
            cpuNs.add(window.get("cpu_ns_per_event").asDouble());
            bytes.add(window.get("bytes_per_event").asDouble());
        }
        heapBytes = Math.max(heapBytes, run.get("heap_bytes").asLong());
        residentBytes = Math.max(residentBytes, run.get("resident_bytes").asLong());
        run.get("stages_ns")
                .properties()
                .forEach(stage -> stages.merge(stage.getKey(), stage.getValue().asDouble(), Math::min));
    }

    Rounds ns() {
        return ns;
    }

    Rounds cpuNs() {
        return cpuNs;
    }

    Rounds bytes() {
        return bytes;
    }

    /** Processor ns by thread, the least of all processes. */
    Map<String, Double> stages() {
        return stages;
    }

    long heapBytes() {
        return heapBytes;
    }

    long residentBytes() {
        return residentBytes;
    }
}
