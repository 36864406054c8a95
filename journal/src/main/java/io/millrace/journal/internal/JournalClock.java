package io.millrace.journal.internal;

import net.openhft.chronicle.core.time.TimeProvider;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Time that never steps back. The writing thread reads it for its commits; Chronicle, which chooses cycle files by it,
 * sees only the time of the last commit and so never turns to a cycle before the newest.
 */
final class JournalClock implements TimeProvider {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EpochNanoClock source;
    private long latestNs;
    private volatile long chronicleMs;

    JournalClock(final EpochNanoClock source) {
        this.source = source;
    }

    /** Raises the time to at least this. */
    void raiseTo(final long timestampNs) {
        latestNs = Math.max(latestNs, timestampNs);
        final long ms = latestNs / NANOS_PER_MILLI;
        if (ms != chronicleMs) {
            chronicleMs = ms;
        }
    }

    long nowNs() {
        latestNs = Math.max(latestNs, source.nanoTime());
        return latestNs;
    }

    @Override
    public long currentTimeMillis() {
        return chronicleMs;
    }
}
