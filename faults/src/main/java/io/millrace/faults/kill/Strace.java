package io.millrace.faults.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line that puts faults into the system calls of a child. Occurrences are counted by thread. */
public final class Strace {
    /** Calls that the JVM makes for itself as well: only those on the journal's files are meant. */
    private static final Set<String> COMMON = Set.of("openat", "unlink", "ftruncate", "pwrite64");

    private static final List<String> NAMES =
            List.of("lock", "manifest", "manifest.new", "watermark", "reserve", "metadata.cq4t");
    private static final long PROBE_S = 10;

    private Strace() {}

    /** Why it cannot be used here, or null. */
    public static String missing() {
        try {
            final Process probe = new ProcessBuilder("strace", "-f", "-qq", "-e", "inject=unlink:error=EIO", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!probe.waitFor(PROBE_S, TimeUnit.SECONDS) || probe.exitValue() != 0) {
                probe.destroyForcibly();
                return "strace must be permitted to trace";
            }
            return null;
        } catch (final IOException e) {
            return "needs strace";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** SIGKILL at a call. */
    public static List<String> killing(final Path log, final Path journal, final String call, final int occurrence)
            throws IOException {
        // Not with --seccomp-bpf, with which the signal is not sent.
        return command(log, journal, List.of(), call, "signal=KILL:when=" + occurrence);
    }

    /** An error, delay or whatever else strace knows, of one or more calls, such as {@code error=EIO:when=3+}. */
    public static List<String> injecting(final Path log, final Path journal, final String calls, final String what)
            throws IOException {
        return command(log, journal, List.of("--seccomp-bpf"), calls, what);
    }

    private static List<String> command(
            final Path log, final Path journal, final List<String> options, final String calls, final String what)
            throws IOException {
        final List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "-o", log.toString()));
        command.addAll(options);
        command.addAll(List.of("-e", "trace=" + calls, "-e", "inject=" + calls + ":" + what));
        if (COMMON.contains(calls)) {
            for (final String path : paths(journal)) {
                command.addAll(List.of("-P", path));
            }
        }
        return command;
    }

    private static List<String> paths(final Path journal) throws IOException {
        final List<String> paths = new ArrayList<>(List.of(journal.toString()));
        NAMES.forEach(name -> paths.add(journal.resolve(name).toString()));
        if (Files.isDirectory(journal)) {
            try (Stream<Path> files = Files.list(journal)) {
                files.map(Path::toString)
                        .filter(name -> !paths.contains(name))
                        .sorted()
                        .forEach(paths::add);
            }
        }
        return paths;
    }

    /** Whether the fault was put in at all. */
    public static boolean hasInjected(final Path log) throws IOException {
        if (!Files.exists(log)) {
            return false;
        }
        final String text = Files.readString(log);
        return text.contains("(INJECTED)") || text.contains("(DELAYED)");
    }
}
