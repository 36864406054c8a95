package io.millrace.benchmarks.latency;

import io.millrace.contest.Transfers;
import io.millrace.contest.Work;
import java.util.concurrent.TimeUnit;

/** Sends commands on a fixed schedule that nothing moves: who is late sends as fast as it can until it is not. */
final class Sender {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    /** How late the last command may be sent, as a part of the whole time, for the rate to have been kept. */
    private static final double MOST_LATE = 0.01;

    private final Subject subject;
    private final Transfers transfers;
    private long sent;

    Sender(final Subject subject, final Work work) {
        this.subject = subject;
        transfers = work.transfers();
    }

    /** All at once: compiles the code. */
    void burst(final long commands) {
        for (long i = 0; i < commands; i++) {
            send(System.nanoTime());
        }
        await();
    }

    /** Returns whether the rate was kept. */
    boolean schedule(final long perSecond, final double seconds) {
        final long commands = Math.round(perSecond * seconds);
        final double intervalNs = (double) SECOND_NS / perSecond;
        final long startNs = System.nanoTime();
        long dueNs = startNs;
        for (long i = 0; i < commands; i++) {
            dueNs = startNs + (long) (i * intervalNs);
            while (System.nanoTime() - dueNs < 0) {
                Thread.onSpinWait();
            }
            send(dueNs);
        }
        return System.nanoTime() - dueNs < MOST_LATE * seconds * SECOND_NS;
    }

    /** One at a time: the next when the one before was answered. */
    void oneByOne(final long commands) {
        for (long i = 0; i < commands; i++) {
            send(System.nanoTime());
            await();
        }
    }

    private void send(final long dueNs) {
        transfers.advance();
        if (!subject.offer(transfers, dueNs)) {
            final long deadlineNs = System.nanoTime() + PATIENCE_NS;
            while (!subject.offer(transfers, dueNs)) {
                requireInTime(deadlineNs);
                Thread.onSpinWait();
            }
        }
        sent++;
    }

    /** Waits for all that was sent. */
    void await() {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (subject.done() < sent) {
            requireInTime(deadlineNs);
            Thread.onSpinWait();
        }
    }

    private void requireInTime(final long deadlineNs) {
        if (System.nanoTime() - deadlineNs > 0) {
            throw new IllegalStateException(
                    "commands must be taken and answered: sent=" + sent + ", done=" + subject.done());
        }
    }
}
