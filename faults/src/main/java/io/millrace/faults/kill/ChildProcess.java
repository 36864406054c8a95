package io.millrace.faults.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A child process, and what is beneath it. */
public final class ChildProcess implements AutoCloseable {
    private static final long PAUSE_NS = 100_000;
    private static final long END_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int MAX_SAID = 2_000;

    private final Process process;
    private final Path errors;

    private ChildProcess(final Process process, final Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static ChildProcess start(final List<String> command, final Path errors) throws IOException {
        return new ChildProcess(
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(errors.toFile())
                        .start(),
                errors);
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its process id, or that of the program above it. */
    public long pid() {
        return process.pid();
    }

    /** Waits for the end; a child that takes longer counts as hung and is killed. */
    public ChildExit awaitEnd(final long timeoutNs) throws InterruptedException {
        if (!process.waitFor(timeoutNs, TimeUnit.NANOSECONDS)) {
            kill();
            return ChildExit.HUNG;
        }
        return ChildExit.of(process.exitValue());
    }

    /**
     * Stops all its threads where they are, as far as it is alive. One that is in the kernel gets no further than to its
     * end.
     */
    public void stop() throws IOException, InterruptedException {
        if (process.isAlive()) {
            new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            final long deadlineNs = System.nanoTime() + END_TIMEOUT_NS;
            while (process.isAlive() && isRunning() && deadlineNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    private boolean isRunning() throws IOException {
        final Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        try (Stream<Path> each = Files.list(threads)) {
            return each.anyMatch(ChildProcess::isThreadRunning);
        } catch (final NoSuchFileException e) {
            return false;
        }
    }

    /** The state stands behind the name, which is in parentheses and may hold anything. */
    private static boolean isThreadRunning(final Path thread) {
        try {
            final String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
            final char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'R' || state == 'S';
        } catch (final IOException e) {
            return false; // it has ended
        }
    }

    /** Sends SIGKILL, to those beneath first, because a tracer that goes lets them run. Waits for the end. */
    public ChildExit kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (!process.waitFor(END_TIMEOUT_NS, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("killed process must end: pid=" + process.pid());
        }
        return ChildExit.of(process.exitValue());
    }

    /** The beginning of what it wrote to its error output. */
    public String said() throws IOException {
        final String text = Files.exists(errors) ? Files.readString(errors) : "";
        return text.length() <= MAX_SAID ? text : text.substring(0, MAX_SAID) + " …";
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
