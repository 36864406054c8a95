package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a force reaches the kernel: what it asks of it is read from a system call trace. */
class ForceTest {
    @TempDir
    Path directory;

    @Test
    void shouldSyncTheCycleFileAndThenTheDirectoryWhenForced() throws Exception {
        final List<String> syncs = trace(true);
        final int file = indexOf(syncs, ".cq4>");
        assertTrue(file >= 0, () -> "the cycle file must be synced: " + syncs);
        final int folder = indexOf(syncs.subList(file, syncs.size()), directory.resolve("journal") + ">");
        assertTrue(folder > 0, () -> "the directory must be synced behind it: " + syncs);
    }

    @Test
    void shouldNotSyncTheCycleFileWhenNobodyForces() throws Exception {
        final List<String> syncs = trace(false);
        assertEquals(-1, indexOf(syncs, ".cq4>"), () -> syncs.toString());
    }

    private List<String> trace(final boolean force) throws IOException, InterruptedException {
        assumeTrue(canTrace(), "strace not present or not allowed, test skipped");
        final Path trace = directory.resolve("trace");
        final Process process = ChildJvm.start(
                List.of("strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", trace.toString()),
                true,
                ForcingProcess.class,
                directory.resolve("journal").toString(),
                Boolean.toString(force));
        process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor(), "the traced process must end well");
        return Files.readAllLines(trace);
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-o", "/dev/null", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (final IOException e) {
            return false; // there is no such command
        }
    }

    private static int indexOf(final List<String> lines, final String part) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(part)) {
                return i;
            }
        }
        return -1;
    }
}
