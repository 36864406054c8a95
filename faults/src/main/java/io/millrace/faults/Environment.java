package io.millrace.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a report says of where it was made: commit, date, Java, kernel, processor. */
final class Environment {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String UNKNOWN = "unknown";
    private static final String NOT_LAUNCHED = "unknown (the jar was not started by the launcher)";

    private Environment() {}

    /**
     * Of this process. The commit is that of the sources in a directory, null when nobody has checked that they are what
     * this jar was built of: a jar that is kept while the sources go on must not pass for a newer one.
     */
    static Map<String, String> of(final Path sources) throws InterruptedException {
        final Map<String, String> environment = new LinkedHashMap<>();
        environment.put(HarnessRun.COMMIT, sources == null ? NOT_LAUNCHED : commit(sources));
        environment.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        environment.put("JDK", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        environment.put("kernel", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        environment.put("CPU", Runtime.getRuntime().availableProcessors() + " × " + processor());
        return environment;
    }

    private static String commit(final Path sources) throws InterruptedException {
        // Of what is tracked only: scratch files beside the sources change nothing of what is tried.
        final String head = output(sources, "git", "rev-parse", "--short=12", "HEAD");
        final String changes = output(sources, "git", "status", "--porcelain", "--untracked-files=no");
        return head.isEmpty() ? UNKNOWN : changes.isEmpty() ? head : head + "-dirty";
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (final IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** Empty when the command says nothing, or fails, or is not there. */
    private static String output(final Path directory, final String... command) throws InterruptedException {
        try {
            final Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : "";
        } catch (final IOException e) {
            return "";
        }
    }
}
