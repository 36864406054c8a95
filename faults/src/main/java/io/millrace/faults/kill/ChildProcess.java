package io.millrace.faults.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process, and what is beneath it. */
public final class ChildProcess implements AutoCloseable {
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
