package io.millrace.tools.internal.demo;

import io.millrace.engine.OutcomeHandler;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.OutcomeView;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Counts outcomes and records their latency. Request ids are dense and outcomes come in their order; the publisher writes
 * when it {@linkplain #published meant to publish} one, and must keep fewer than the window on their way.
 */
final class OutcomeRecorder implements OutcomeHandler {
    private static final long MAX_LATENCY_NS = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 3;

    private final Histogram latencyNs = new Histogram(1, MAX_LATENCY_NS, DIGITS);
    private final long[] startsNs;
    private final long firstRequestId;
    private final AckLog ackLog;

    // Written by the thread that brings outcomes; read by others once answered() has told them to.
    private long accepted;
    private long rejected;
    private long failed;
    private long events;
    private long lastAnswerNs;
    private RuntimeException failure;
    private volatile long answered;

    /** The window is a power of two; the log may be null. */
    OutcomeRecorder(final long firstRequestId, final int window, final AckLog ackLog) {
        this.firstRequestId = firstRequestId;
        this.ackLog = ackLog;
        startsNs = new long[window];
    }

    int window() {
        return startsNs.length;
    }

    /** Called by the publisher before it publishes; the ring hands the entry over. */
    void published(final long requestId, final long intendedNs) {
        startsNs[(int) requestId & startsNs.length - 1] = intendedNs;
    }

    @Override
    public void onOutcome(final OutcomeView outcome) {
        final long nowNs = System.nanoTime();
        final long expected = firstRequestId + answered;
        if (outcome.requestId() != expected && failure == null) {
            failure = new IllegalStateException(
                    "outcomes must come in order: expected=" + expected + ", found=" + outcome.requestId());
        }
        count(outcome);
        final long startNs = startsNs[(int) outcome.requestId() & startsNs.length - 1];
        latencyNs.recordValue(Math.max(1, Math.min(nowNs - startNs, MAX_LATENCY_NS)));
        lastAnswerNs = nowNs;
        answered++;
    }

    /** How many outcomes have come. Volatile: what was counted before is visible behind it. */
    long answered() {
        return answered;
    }

    long accepted() {
        return accepted;
    }

    long rejected() {
        return rejected;
    }

    /** Commands that were answered with FAILED or UNKNOWN. */
    long failed() {
        return failed;
    }

    long events() {
        return events;
    }

    long lastAnswerNs() {
        return lastAnswerNs;
    }

    Histogram latencyNs() {
        return latencyNs;
    }

    /** What went wrong while outcomes were recorded, or null. */
    RuntimeException failure() {
        return failure;
    }

    private void count(final OutcomeView outcome) {
        if (outcome.status() == OutcomeStatus.ACCEPTED) {
            accepted++;
            acknowledge(outcome);
        } else if (outcome.status() == OutcomeStatus.REJECTED) {
            rejected++;
        } else {
            failed++;
        }
    }

    private void acknowledge(final OutcomeView outcome) {
        if (outcome.lastSequence() > 0) {
            events += outcome.lastSequence() - outcome.firstSequence() + 1;
            if (ackLog != null && failure == null) {
                try {
                    ackLog.acknowledged(outcome.lastSequence());
                } catch (final RuntimeException e) {
                    failure = e;
                }
            }
        }
    }
}
