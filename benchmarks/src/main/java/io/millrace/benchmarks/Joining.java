package io.millrace.benchmarks;

/** Waits for threads where an interrupt must not cut the clean-up short. */
final class Joining {
    private Joining() {}

    static void join(final Thread thread) {
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
