package io.millrace.engine.internal;

import com.lmax.disruptor.Sequence;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells the deciding thread which records have been read by everybody: the journal stage and the ring feeds. Their ring
 * sequences say how far they are; the slots say where those records end.
 */
final class RecordSpace {
    private static final long PAUSE_NS = 1_000;

    private final SlotRecords slotRecords;
    private final int slotMask;
    private final RecordRing records;
    private final Lifecycle lifecycle;
    private final Sequence journalSequence;

    /** Copied on write by {@link #add} and {@link #remove}. */
    private volatile Sequence[] feeds = {};

    RecordSpace(
            final SlotRecords slotRecords,
            final int ringSize,
            final RecordRing records,
            final Sequence journalSequence,
            final Lifecycle lifecycle) {
        this.slotRecords = slotRecords;
        slotMask = ringSize - 1;
        this.records = records;
        this.journalSequence = journalSequence;
        this.lifecycle = lifecycle;
    }

    /** To be called with a sequence that does not run ahead of what the feed has read. */
    synchronized void add(final Sequence feed) {
        final Sequence[] grown = Arrays.copyOf(feeds, feeds.length + 1);
        grown[feeds.length] = feed;
        feeds = grown;
    }

    synchronized void remove(final Sequence feed) {
        feeds = Arrays.stream(feeds).filter(known -> known != feed).toArray(Sequence[]::new);
    }

    /** What the slowest reader's slot says still stands: only this thread writes it, and only a lap later. */
    void release() {
        long slowest = journalSequence.get();
        for (final Sequence feed : feeds) {
            slowest = Math.min(slowest, feed.get());
        }
        if (slowest >= 0) {
            records.release(slotRecords.endPosition((int) slowest & slotMask));
        }
    }

    /** Waits for the readers to make room for a record. Ended by their progress, or by the failure of the engine. */
    void awaitRoom() {
        release();
        while (!records.hasRoom()) {
            if (lifecycle.isFailed()) {
                throw new StageStoppedException();
            }
            LockSupport.parkNanos(PAUSE_NS);
            release();
        }
    }
}
