package io.millrace.engine.internal;

import io.millrace.journal.Journal;
import java.util.List;

/**
 * Closes the journal on a thread of its own: its last force may hang for as long as the disk does, and must not take the
 * caller with it. For the closing thread, under the monitor of the engine.
 */
final class JournalClosing implements Runnable {
    private final Journal journal;
    private Thread thread;

    /** Published by the end of the thread. */
    private Throwable failure;

    JournalClosing(final Journal journal) {
        this.journal = journal;
    }

    /** Closes, or waits on; returns whether that has ended. */
    boolean await(final long timeoutNs) {
        if (thread == null) {
            thread = new Thread(this, "millrace-close");
            thread.setDaemon(true);
            thread.start();
        }
        return Joining.await(List.of(thread), timeoutNs);
    }

    @Override
    public void run() {
        try {
            journal.close();
        } catch (final Throwable e) {
            failure = e;
        }
    }

    /** Throws what closing has thrown, after it has ended. */
    void rethrow() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
