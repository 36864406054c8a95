package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory, mounted for one test. Needs root. */
final class SmallMount implements AutoCloseable {
    private static final int STEP_BYTES = 4096;

    private final Path path;

    private SmallMount(final Path path) {
        this.path = path;
    }

    /** Mounts it below a directory, or skips the test. */
    static SmallMount orSkip(final Path below, final int megabytes) throws IOException {
        final Path path = Files.createDirectory(below.resolve("mount"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path.toString()),
                "a tmpfs cannot be mounted here (needs root), test skipped");
        return new SmallMount(path);
    }

    private static boolean run(final String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (final IOException e) {
            return false; // there is no such command
        } catch (final InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    Path path() {
        return path;
    }

    /** Leaves no room at all. Returns the file that took it. */
    Path fill() throws IOException {
        final Path filler = path.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[STEP_BYTES]);
            }
        } catch (final IOException e) {
            return filler; // the disk is full
        }
    }

    @Override
    public void close() {
        // Lazily: after a failed test something in it may still be mapped.
        assertTrue(run("umount", "--lazy", path.toString()), "the file system must be unmounted: " + path);
    }
}
