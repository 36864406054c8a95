package io.millrace.faults.agent;

import java.io.IOException;
import java.util.Locale;

/** What happens at an armed failpoint. */
public enum FailpointAction {
    /** The process ends at once, without shutdown hooks. */
    HALT,
    /** SIGKILL. The thread stays where it is until the signal comes, from the parent process if that waits for it. */
    KILL,
    /** An unchecked exception. */
    RUNTIME,
    /** A checked one, whether declared or not. */
    IO,
    /** What the JVM throws when a mapped page cannot be had. */
    INTERNAL,
    /** The thread sleeps for the milliseconds given. */
    SLEEP;

    /** The exit code of a process that SIGKILL ended: 128 + 9. */
    public static final int KILLED = 137;

    private static final String MESSAGE = "failpoint ";
    private static final long FOREVER_MS = 3_600_000;

    /** Whether something was thrown at a failpoint. */
    public static boolean threw(final Throwable e) {
        return e.getMessage() != null && e.getMessage().startsWith(MESSAGE);
    }

    static FailpointAction named(final String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    void act(final String failpoint, final long sleepMs) {
        final String message = MESSAGE + failpoint;
        switch (this) {
            case HALT -> Runtime.getRuntime().halt(KILLED);
            case KILL -> awaitKill();
            case RUNTIME -> throw new IllegalStateException(message);
            case IO -> FailpointAction.<RuntimeException>throwUnchecked(new IOException(message));
            case INTERNAL -> throw new InternalError(message);
            case SLEEP -> sleep(sleepMs);
        }
    }

    private static void awaitKill() {
        if (!FailpointCounts.isWatched()) {
            try {
                new ProcessBuilder(
                                "kill",
                                "-9",
                                Long.toString(ProcessHandle.current().pid()))
                        .start();
            } catch (final IOException e) {
                Runtime.getRuntime().halt(KILLED);
            }
        }
        sleep(FOREVER_MS);
    }

    /** To its end: an interrupt is the code's own and is kept for it. */
    private static void sleep(final long milliseconds) {
        final long endNs = System.nanoTime() + milliseconds * 1_000_000;
        boolean interrupted = false;
        for (long leftNs = endNs - System.nanoTime(); leftNs > 0; leftNs = endNs - System.nanoTime()) {
            try {
                Thread.sleep(leftNs / 1_000_000 + 1);
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The compiler is told that it is unchecked; the JVM does not care. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUnchecked(final Throwable e) throws E {
        throw (E) e;
    }
}
