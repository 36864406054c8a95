package io.millrace.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a result depends on besides the code. */
final class Environment {
    private Environment() {}

    static Map<String, Object> describe(final Path directory) throws IOException, InterruptedException {
        final Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("cpu", cpu());
        environment.put("cores", Runtime.getRuntime().availableProcessors());
        environment.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("jdk", System.getProperty("java.vendor") + " " + Runtime.version());
        environment.put("flags", ManagementFactory.getRuntimeMXBean().getInputArguments());
        environment.put("file_system", fileSystem(directory));
        environment.put("commit", commit());
        return environment;
    }

    private static String cpu() throws IOException {
        final Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    private static String fileSystem(final Path directory) throws IOException {
        final FileStore store = Files.getFileStore(directory);
        return store.type();
    }

    /** The commit that is checked out where this runs, with a mark when something was changed on top of it. */
    private static String commit() throws InterruptedException {
        try {
            final Process git = new ProcessBuilder("git", "describe", "--always", "--abbrev=12", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String output = new String(git.getInputStream().readAllBytes()).trim();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? output : "unknown";
        } catch (final IOException e) {
            return "unknown: " + e.getMessage();
        }
    }
}
