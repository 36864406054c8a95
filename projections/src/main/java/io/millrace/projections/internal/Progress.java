package io.millrace.projections.internal;

import java.util.concurrent.TimeUnit;

/**
 * The last sequence that a projection has applied, and the threads that wait for one. One thread publishes, any thread
 * waits. The publishing thread touches the monitor only when it has reached a sequence that somebody waits for.
 *
 * <p>A waiter makes its sequence known and then looks at what is applied; the publisher stores what is applied and then
 * looks at what is awaited. Both are volatile, so at least one of them sees the other, and no wake-up is missed.
 */
final class Progress {
    private static final long NOBODY = Long.MAX_VALUE;

    private volatile long appliedSequence;

    /** At most the smallest sequence that is waited for. Written under the monitor. */
    private volatile long awaitedSequence = NOBODY;

    Progress(final long appliedSequence) {
        this.appliedSequence = appliedSequence;
    }

    long appliedSequence() {
        return appliedSequence;
    }

    void publish(final long sequence) {
        appliedSequence = sequence;
        if (sequence >= awaitedSequence) {
            wakeAll();
        }
    }

    /** Has every waiter look again; those that go on waiting make their sequence known again. */
    synchronized void wakeAll() {
        awaitedSequence = NOBODY;
        notifyAll();
    }

    /**
     * Waits for a sequence.
     *
     * @param sequence to wait for
     * @param timeoutNs how long at most
     * @param end throws when the sequence will not be reached; looked at after every wake-up
     * @return whether it was reached in time
     */
    synchronized boolean await(final long sequence, final long timeoutNs, final End end) throws InterruptedException {
        final long startNs = System.nanoTime();
        while (true) {
            awaitedSequence = Math.min(awaitedSequence, sequence);
            if (appliedSequence >= sequence) {
                return true;
            }
            end.check(sequence);
            final long leftNs = timeoutNs - (System.nanoTime() - startNs);
            if (leftNs <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, leftNs);
        }
    }

    /** What else ends a wait. */
    @FunctionalInterface
    interface End {
        void check(long sequence);
    }
}
