package io.millrace.engine.internal;

import com.lmax.disruptor.Sequence;
import io.millrace.journal.Journal;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Forces the journal on a thread of its own: at once when an outcome waits for it, one force for all that wait, and at an
 * interval otherwise. The writer goes on meanwhile.
 */
final class ForceAgent implements Runnable {
    private final Journal journal;
    private final PendingOutcomes pending;
    private final Sequence passed;
    private final long intervalNs;
    private final Consumer<Throwable> onFailure;
    private volatile boolean idle;
    private volatile boolean stopping;
    private volatile boolean forcing;
    private long forcedRingSequence = -1;
    private volatile Thread thread;

    ForceAgent(
            final Journal journal,
            final PendingOutcomes pending,
            final Sequence passed,
            final long intervalNs,
            final Consumer<Throwable> onFailure) {
        this.journal = journal;
        this.pending = pending;
        this.passed = passed;
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

    /** Only when there is something new: an event, a rejection that the journal keeps, or an outcome that waits. */
    private void force() {
        final long upto = pending.tail();
        final long reached = passed.get();
        if (reached > forcedRingSequence
                || !pending.isEmpty()
                || journal.syncedSequence() < journal.journaledSequence()) {
            forceJournal();
            forcedRingSequence = reached;
            pending.completeSynced(upto);
        }
    }

    private void forceJournal() {
        forcing = true;
        try {
            journal.force();
        } finally {
            forcing = false;
        }
    }

    /** Whether a force is under way, which the journal must not be closed beneath. */
    boolean isForcing() {
        return forcing;
    }

    /** The fence between the store of {@code idle} and the second look pairs with the one between add and look in wake. */
    private void rest(final long waitNs) {
        idle = true;
        // A volatile store alone does not keep the plain reads of the Disruptor's sequences behind it.
        VarHandle.fullFence();
        if (pending.isEmpty() && !stopping) {
            LockSupport.parkNanos(this, waitNs);
        }
        idle = false;
    }

    /** To be called after something was added to the pending outcomes. */
    void wake() {
        VarHandle.fullFence();
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
