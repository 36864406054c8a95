package io.millrace.journal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts classes of this class path in a JVM of their own, with this JVM's flags or without the needed ones. */
final class ChildJvm {
    private ChildJvm() {}

    static Process start(final boolean withFlags, final Class<?> main, final String... arguments) throws IOException {
        return start(List.of(), withFlags, main, arguments);
    }

    /** Starts it beneath another command, such as a tracer. */
    static Process start(
            final List<String> wrapper, final boolean withFlags, final Class<?> main, final String... arguments)
            throws IOException {
        final List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (withFlags) {
            command.addAll(neededFlags());
        }
        command.add("-Xshare:auto");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.add("-Dchronicle.announcer.disable=true");
        command.add("-Dchronicle.disk.monitor.disable=true");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs it to its end and returns what it printed. */
    static String run(final boolean withFlags, final Class<?> main, final String... arguments)
            throws IOException, InterruptedException {
        final Process process = start(withFlags, main, arguments);
        final String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    private static List<String> neededFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-")
                        || flag.startsWith("--enable-native")
                        || flag.startsWith("--sun-misc"))
                .toList();
    }
}
