package io.millrace.journal.internal;

import net.openhft.chronicle.core.time.TimeProvider;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Time that never steps back. The encoding thread reads it for its commands; Chronicle, which chooses cycle files by it,
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

    /** Starts no earlier than the last commit, whatever the source says. Called before other threads know this clock. */
    void startAt(final long lastCommitNs) {
        latestNs = Math.max(lastCommitNs, source.nanoTime());
        chronicleMs = latestNs / NANOS_PER_MILLI;
    }

    /** Tells of a commit's timestamp, on the appending thread. */
    void onCommit(final long timestampNs) {
        final long ms = timestampNs / NANOS_PER_MILLI;
        if (ms > chronicleMs) {
            chronicleMs = ms;
        }
    }

    /** For the encoding thread. */
    long nowNs() {
        latestNs = Math.max(latestNs, source.nanoTime());
        return latestNs;
    }

    @Override
    public long currentTimeMillis() {
        return chronicleMs;
    }
}
