package io.millrace.tools.internal.stress;

import io.millrace.tools.internal.console.ToolException;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This command in another Java process, with the same flags and class path, which can be killed. */
public final class ChildProcess implements AutoCloseable {
    /** What is said of a process that SIGKILL ended: 128 + 9. */
    public static final int KILLED = 137;

    private static final String MAIN_CLASS = "io.millrace.tools.Millrace";
    private static final long END_TIMEOUT_S = 60;

    private final Process process;

    private ChildProcess(final Process process) {
        this.process = process;
    }

    /** Starts {@code millrace} with arguments; what it prints is thrown away, its errors are passed on. */
    public static ChildProcess start(final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // A debugger's port can be had once.
            if (!flag.startsWith("-agentlib:jdwp")) {
                command.add(flag);
            }
        }
        final String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            // Its manifest holds flags, and is read for -jar only.
            command.addAll(List.of("-jar", classPath));
        } else {
            command.addAll(List.of("-cp", classPath, MAIN_CLASS));
        }
        command.addAll(Arrays.asList(arguments));
        try {
            return new ChildProcess(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (final IOException e) {
            throw new ToolException("another Java process must be startable: " + command.get(0) + ": " + e, e);
        }
    }

    /** Whether it has not ended. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Sends SIGKILL, waits for the end, and returns the exit code. */
    public int kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(END_TIMEOUT_S, TimeUnit.SECONDS)) {
            throw new ToolException("killed process must end: pid=" + process.pid());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
