package io.millrace.benchmarks.scale;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.benchmarks.rig.ChildRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@link ScaleRun} in a process of its own. */
final class ScaleProcess {
    private static final List<String> FLAGS = List.of("-Xmx3g", "-XX:+UseParallelGC");

    private ScaleProcess() {}

    static JsonNode run(final Path directory, final List<String> arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(ScaleRun.NAME, "--dir=" + directory));
        command.addAll(arguments);
        return ChildRun.run(FLAGS, command);
    }
}
