package io.millrace.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts JVMs with this one's class path. */
public final class ChildJvm {
    /** What Millrace needs of any JVM. */
    public static final List<String> REQUIRED_FLAGS = List.of(
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.util.zip=ALL-UNNAMED");

    private ChildJvm() {}

    /** How a JVM ended, and what it wrote. */
    public record Result(int exitCode, String output) {}

    public static Result run(final List<String> flags, final Class<?> main, final String... args)
            throws IOException, InterruptedException {
        final Process process = builder(flags, main, args).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    /** Output and errors go to a log file. */
    public static Process start(final List<String> flags, final Path log, final Class<?> main, final String... args)
            throws IOException {
        return builder(flags, main, args).redirectOutput(log.toFile()).start();
    }

    private static ProcessBuilder builder(final List<String> flags, final Class<?> main, final String... args) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        Stream.of("analytics", "announcer", "disk.monitor")
                .forEach(feature -> command.add("-Dchronicle." + feature + ".disable=true"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
