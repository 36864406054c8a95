package io.millrace.journal.internal;

import io.millrace.journal.JournalFailedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the mapped memory in place while a reader is at it: a mapping that is taken away from under a reader ends the
 * JVM. Closing waits briefly for the readers that are inside; if one stays, what is mapped is released when the last one
 * leaves.
 */
final class ReaderGate {
    private static final int CLOSED = Integer.MIN_VALUE;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();

    /** Number of readers inside; the highest bit says that the gate is closed. */
    private final AtomicInteger state = new AtomicInteger();

    /** Creates a gate; {@code release} is called once, by the closing thread or by the last reader. */
    ReaderGate(final Runnable release) {
        this.release = release;
    }

    /** To be called before mapped memory is touched, and followed by {@link #leave} in a {@code finally}. */
    void enter() {
        if (state.incrementAndGet() < 0) {
            leave();
            throw new JournalFailedException("journal must be open to be read", null);
        }
    }

    void leave() {
        if (state.decrementAndGet() == CLOSED) {
            releaseOnce();
        }
    }

    /** Lets nobody in any more. */
    void close() {
        state.accumulateAndGet(CLOSED, (current, bit) -> current | bit);
        final long startNs = System.nanoTime();
        while (state.get() != CLOSED && System.nanoTime() - startNs < PATIENCE_NS) {
            LockSupport.parkNanos(PAUSE_NS);
        }
        if (state.get() == CLOSED) {
            releaseOnce();
        }
    }

    private void releaseOnce() {
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }
}
