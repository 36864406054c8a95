package io.millrace.journal.internal;

import net.openhft.chronicle.core.time.TimeProvider;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Time that never steps back. The deciding thread reads it for its commands; Chronicle, which chooses cycle files by it,
 * sees only the time of the last commit and so never turns to a cycle before the newest. The deciding and the appending
 * thread may be two: each writes only its own field.
 */
final class JournalClock implements TimeProvider {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EpochNanoClock source;

    /** Written by the deciding thread. */
    private long latestNs;

    /** Written by the appending thread, read by Chronicle on any. */
    private volatile long commitMs;

    JournalClock(final EpochNanoClock source) {
        this.source = source;
    }

    /** Starts both times at what the journal holds already. Before any thread uses the clock. */
    void startAt(final long timestampNs) {
        latestNs = Math.max(latestNs, timestampNs);
        onCommit(timestampNs);
    }

    /** A commit with that timestamp is next. */
    void onCommit(final long timestampNs) {
        final long ms = timestampNs / NANOS_PER_MILLI;
        if (ms > commitMs) {
            commitMs = ms;
        }
    }

    long nowNs() {
        latestNs = Math.max(latestNs, source.nanoTime());
        return latestNs;
    }

    @Override
    public long currentTimeMillis() {
        return commitMs;
    }
}
