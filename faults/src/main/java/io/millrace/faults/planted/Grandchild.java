package io.millrace.faults.planted;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process with the same agent and bug as this one, perhaps beneath a tracer. */
final class Grandchild {
    private static final long LIMIT_S = 45;

    private Grandchild() {}

    /** How it ended, and what it said. */
    record Result(int exitCode, String output) {}

    static Result run(final List<String> tracer, final Class<?> main, final Path directory) throws IOException {
        final List<String> command = new ArrayList<>(tracer);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-Xmx"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), directory.toString()));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                throw new Check.Broken("a process must end within " + LIMIT_S + " s");
            }
            return new Result(process.exitValue(), output);
        } catch (final InterruptedException e) {
            throw new IOException(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
