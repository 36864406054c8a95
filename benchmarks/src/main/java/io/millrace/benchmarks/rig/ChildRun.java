package io.millrace.benchmarks.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command of this jar in a process of its own, whose last line of output is JSON. */
public final class ChildRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TIMEOUT_S = 1800;

    private ChildRun() {}

    /**
     * Runs it to its end.
     *
     * @param jvmFlags of its virtual machine
     * @param command and its arguments
     * @return what it printed last
     * @throws IOException when it did not end well, or not in time
     */
    public static JsonNode run(final List<String> jvmFlags, final List<String> command)
            throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(commandLine(jvmFlags, command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final Thread watch = new Thread(() -> endAfterTimeout(process), "run-timeout");
        watch.setDaemon(true);
        watch.start();
        try {
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            final int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("run must end well: exit=" + exit + ", command=" + command);
            }
            return JSON.readTree(output.substring(output.lastIndexOf('\n') + 1));
        } finally {
            process.destroyForcibly();
            watch.interrupt();
        }
    }

    /** The jar that this runs from. */
    public static String jar() {
        return Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString();
    }

    /** {@code java} as this process runs in, with flags, up to the jar. */
    public static List<String> java(final List<String> jvmFlags, final String jar) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-jar");
        command.add(jar);
        return command;
    }

    private static List<String> commandLine(final List<String> jvmFlags, final List<String> command) {
        final List<String> line = java(jvmFlags, jar());
        line.addAll(command);
        return line;
    }

    private static void endAfterTimeout(final Process process) {
        try {
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            // It has ended.
        }
    }
}
