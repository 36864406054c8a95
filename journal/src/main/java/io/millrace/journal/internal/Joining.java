package io.millrace.journal.internal;

/** Waits for threads that were told to end. */
final class Joining {
    private Joining() {}

    /** Returns when the thread has ended: what is done next relies on it. An interrupt is kept for the caller. */
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
