package io.millrace.journal.internal;

import org.agrona.concurrent.EpochNanoClock;

/** The time of commits, which never steps back. For the deciding thread. */
final class JournalClock {
    private final EpochNanoClock source;
    private long latestNs;

    JournalClock(final EpochNanoClock source) {
        this.source = source;
    }

    /** Starts at what the journal holds already. Before any thread uses the clock. */
    void startAt(final long timestampNs) {
        latestNs = Math.max(latestNs, timestampNs);
    }

    long nowNs() {
        latestNs = Math.max(latestNs, source.nanoTime());
        return latestNs;
    }
}
