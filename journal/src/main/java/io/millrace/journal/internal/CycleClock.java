package io.millrace.journal.internal;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * Decides when a cycle ends and which is next, and shows Chronicle, which chooses files by the clock, a time that makes it
 * choose that one. Never goes back, whatever the clock does. Moved by the appending thread, read by Chronicle on any.
 */
final class CycleClock implements TimeProvider {
    private final long rollBytes;
    private final long rollIntervalNs;

    // The appending thread's own.
    private long periodOfCycle;
    private boolean open;

    private volatile int cycle = -1;

    CycleClock(final long rollBytes, final long rollIntervalNs) {
        this.rollBytes = rollBytes;
        this.rollIntervalNs = rollIntervalNs;
    }

    /** Goes on behind a cycle, in which the next commit belongs if it is open. Before any thread uses the clock. */
    void startAt(final int lastCycle, final long cycleTimestampNs, final boolean isOpen) {
        cycle = lastCycle;
        periodOfCycle = Math.floorDiv(cycleTimestampNs, rollIntervalNs);
        open = isOpen;
    }

    /** Whether a commit must begin a new cycle. */
    boolean mustRoll(final long timestampNs, final long endOffset) {
        return !open || endOffset > rollBytes || Math.floorDiv(timestampNs, rollIntervalNs) > periodOfCycle;
    }

    /** The cycle to roll to. */
    int next() {
        return cycle < 0 ? CycleRoll.FIRST : Math.addExact(cycle, 1);
    }

    /** Rolls. */
    void roll(final int next, final long timestampNs) {
        cycle = next;
        periodOfCycle = Math.floorDiv(timestampNs, rollIntervalNs);
        open = true;
    }

    int cycle() {
        return cycle;
    }

    @Override
    public long currentTimeMillis() {
        return CycleRoll.toMillis(Math.max(0, cycle));
    }
}
