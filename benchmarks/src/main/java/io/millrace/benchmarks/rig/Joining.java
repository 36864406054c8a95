package io.millrace.benchmarks.rig;

/** Waits for threads where an interrupt must not cut the clean-up short. */
public final class Joining {
    private Joining() {}

    /** Returns when the thread has ended, interrupted or not. */
    public static void join(final Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
