package io.millrace.engine.internal;

import io.millrace.journal.Journal;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Forces the journal on a thread of its own: at once when an outcome waits for it, one force for all that wait, and at an
 * interval otherwise. The writer goes on meanwhile.
 */
final class ForceAgent implements Runnable {
    private final Journal journal;
    private final PendingOutcomes pending;
    private final long intervalNs;
    private final Consumer<Throwable> onFailure;
    private volatile boolean idle;
    private volatile boolean stopping;
    private volatile Thread thread;

    ForceAgent(
            final Journal journal,
            final PendingOutcomes pending,
            final long intervalNs,
            final Consumer<Throwable> onFailure) {
        this.journal = journal;
        this.pending = pending;
        this.intervalNs = intervalNs;
        this.onFailure = onFailure;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            long lastForceNs = System.nanoTime();
            while (!stopping) {
                final long waitNs = intervalNs - (System.nanoTime() - lastForceNs);
                if (!pending.isEmpty() || waitNs <= 0) {
                    force();
                    lastForceNs = System.nanoTime();
                } else {
                    rest(waitNs);
                }
            }
            force();
        } catch (final Throwable e) {
            onFailure.accept(e);
        }
    }

    private void force() {
        final long upto = pending.tail();
        if (!pending.isEmpty() || journal.syncedSequence() < journal.journaledSequence()) {
            journal.force();
            pending.completeSynced(upto);
        }
    }

    /** The volatile store of {@code idle} before the second look pairs with the fence between add and look in wake. */
    private void rest(final long waitNs) {
        idle = true;
        if (pending.isEmpty() && !stopping) {
            LockSupport.parkNanos(this, waitNs);
        }
        idle = false;
    }

    /** To be called after something was added to the pending outcomes. */
    void wake() {
        java.lang.invoke.VarHandle.fullFence();
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    /** Forces once more and ends. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }
}
