package io.millrace.faults.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Runs system programs. */
final class Shell {
    private static final long LIMIT_S = 30;

    private Shell() {}

    /** Whether a program is on the path. */
    static boolean has(final String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Runs a program that must succeed. Returns what it wrote. */
    static String run(final String... command) throws IOException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!isEnded(process) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("command must succeed: " + String.join(" ", command) + ": " + output);
        }
        return output;
    }

    /** An interrupt does not end the wait: what is being mounted must be known. */
    private static boolean isEnded(final Process process) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(LIMIT_S, TimeUnit.SECONDS);
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs a program whose success is not needed. Returns whether it succeeded. */
    static boolean tryRun(final String... command) {
        try {
            run(command);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }
}
