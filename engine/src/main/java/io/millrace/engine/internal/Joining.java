package io.millrace.engine.internal;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits for threads to end. */
final class Joining {
    private Joining() {}

    /**
     * Waits for threads to end, the calling one excepted. An interrupt does not cut the wait short, because what is done
     * next relies on it; it is kept for the caller.
     *
     * @return true if they all have ended, or were never started; false if the time ran out first
     */
    static boolean await(final List<Thread> threads, final long timeoutNs) {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        boolean interrupted = Thread.interrupted();
        for (final Thread thread : threads) {
            while (isAwaited(thread) && deadlineNs - System.nanoTime() > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadlineNs - System.nanoTime()));
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return threads.stream().noneMatch(Joining::isAwaited);
    }

    private static boolean isAwaited(final Thread thread) {
        return thread.isAlive() && thread != Thread.currentThread();
    }
}
