package io.millrace.benchmarks.latency;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.benchmarks.rig.ChildRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs {@link LatencyRun} in a process of its own. */
final class RunProcess {
    private static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC");

    private RunProcess() {}

    static String flags() {
        return String.join(" ", FLAGS);
    }

    /** Returns what it printed. */
    static JsonNode run(final List<String> arguments) throws IOException, InterruptedException {
        final List<String> flags = new ArrayList<>(FLAGS);
        if (arguments.contains("--situation=" + Situation.Kind.FORCE_STALL)) {
            flags.add("-javaagent:" + ChildRun.jar() + "=slow-force");
        }
        final List<String> command = new ArrayList<>(List.of(LatencyRun.NAME));
        command.addAll(arguments);
        return ChildRun.run(flags, command);
    }
}
