package io.millrace.projections.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the queries of one read model and its changes apart. Many threads ask, one changes.
 *
 * <p>A lock of the JDK would do, but for three things that this one guarantees: it never allocates, not even when it is
 * contended; the changing thread can give up waiting, because it may hold the ring meanwhile; and a thread that changes
 * the model in one batch after the other lets in, between two of them, the queries that have been waiting.
 *
 * <p>A query enters by raising {@code inside} and then looking at {@code changing}; the changing thread raises
 * {@code changing} and then looks at {@code inside}. All of that is volatile, so at least one of them sees the other.
 * Not reentrant.
 */
final class QueryGate {
    private static final long GIVE_WAY_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int SPINS = 64;
    private static final int YIELDS = 64;
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(20);

    /** Queries that are asking, or about to find out that they may not yet. */
    private final AtomicInteger inside = new AtomicInteger();

    /** Queries that found a change going on. */
    private final AtomicInteger waiting = new AtomicInteger();

    /** Written by the changing thread. */
    private volatile boolean changing;

    void beginQuery() {
        inside.incrementAndGet();
        if (changing) {
            awaitTurn();
        }
    }

    private void awaitTurn() {
        waiting.incrementAndGet();
        int pauses = 0;
        do {
            inside.decrementAndGet();
            while (changing) {
                pause(pauses++);
            }
            inside.incrementAndGet();
        } while (changing);
        waiting.decrementAndGet();
    }

    void endQuery() {
        inside.decrementAndGet();
    }

    /**
     * Holds new queries off and waits for those inside.
     *
     * @param patience its exception passes through, and no change has begun
     */
    void beginChange(final Patience patience) {
        if (waiting.get() != 0) {
            giveWay(patience);
        }
        changing = true;
        boolean alone = inside.get() == 0;
        try {
            for (int pauses = 0; !alone; alone = inside.get() == 0) {
                patience.check();
                pause(pauses++);
            }
        } finally {
            if (!alone) {
                changing = false;
            }
        }
    }

    /** Lets those in that wait, for as long as one of them may need to wake up. */
    private void giveWay(final Patience patience) {
        final long startNs = System.nanoTime();
        int pauses = 0;
        while (waiting.get() != 0 && System.nanoTime() - startNs < GIVE_WAY_NS) {
            patience.check();
            pause(pauses++);
        }
    }

    /** Lets queries in. Idempotent. */
    void endChange() {
        changing = false;
    }

    private static void pause(final int pauses) {
        if (pauses < SPINS) {
            Thread.onSpinWait();
        } else if (pauses < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PARK_NS);
        }
    }
}
