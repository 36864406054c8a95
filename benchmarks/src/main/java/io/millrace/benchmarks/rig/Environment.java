package io.millrace.benchmarks.rig;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a result depends on besides the code. */
public final class Environment {
    private Environment() {}

    /** CPU, kernel, JDK and its flags, file system of the directory, commit. */
    public static Map<String, Object> describe(final Path directory) throws IOException, InterruptedException {
        final Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("cpu", cpu());
        environment.put("cores", Runtime.getRuntime().availableProcessors());
        environment.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("jdk", System.getProperty("java.vendor") + " " + Runtime.version());
        environment.put("flags", flags());
        environment.put("memory_gib", memoryGib());
        environment.put("file_system", fileSystem(directory));
        environment.put("mount_options", mountOptions(directory));
        environment.put(
                "load_before", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
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

    /** Those of the virtual machine; where the checkout lies is nobody's business. */
    private static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-Dmillrace."))
                .toList();
    }

    private static long memoryGib() {
        final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.round((double) system.getTotalMemorySize() / (1 << 30));
    }

    /** Of the mount that holds the directory, as the kernel lists them: the longest mount point that it starts with. */
    private static String mountOptions(final Path directory) throws IOException {
        final Path mounts = Path.of("/proc/self/mounts");
        if (!Files.isReadable(mounts)) {
            return "unknown";
        }
        final Path place = directory.toRealPath();
        try (Stream<String> lines = Files.lines(mounts)) {
            return lines.map(line -> line.split(" "))
                    .filter(words -> place.startsWith(words[1]))
                    .max(Comparator.comparingInt(words -> words[1].length()))
                    .map(words -> words[3])
                    .orElse("unknown");
        }
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
