package io.millrace.engine.internal;

import com.lmax.disruptor.Sequence;
import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeStatus;
import io.millrace.journal.Durability;
import java.util.concurrent.CompletableFuture;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Outcomes that are journaled and wait for a force, in order: a bounded queue from the journaling thread to whoever
 * completes them. Preallocated; results are copied into its own memory.
 *
 * <p>The journaling thread adds. Outcomes are sent by the forcing thread or, when the engine has failed, by
 * {@link Undertaker}: whoever moves {@code next} over an outcome sends it, so it is sent once, and a handler that hangs
 * holds up only its own thread.
 */
final class PendingOutcomes {
    private static final int CACHE_LINE_BYTES = 64;

    private static final class Entry {
        private final SlotOutcome outcome;
        private int publisherId;
        private CompletableFuture<Outcome> future;

        private Entry(final UnsafeBuffer results) {
            outcome = new SlotOutcome(results);
        }
    }

    private final Entry[] entries;
    private final UnsafeBuffer results;
    private final int resultStrideBytes;
    private final OutcomeSender sender;

    /** Next to add; released by the journaling thread, acquired by completers. */
    private final Sequence tail = new Sequence(0);

    /** Next to send. */
    private final Sequence next = new Sequence(0);

    /** Everything before it was sent and may be overwritten. */
    private final Sequence head = new Sequence(0);

    /** What the journaling thread last saw of {@link #head}, which is another processor's cache line. */
    private long seenHead;

    PendingOutcomes(final int capacity, final int maxResultBytes, final OutcomeSender sender) {
        this.sender = sender;
        resultStrideBytes = maxResultBytes;
        final long bytes = (long) capacity * maxResultBytes;
        if (bytes > 1 << 30) {
            throw new IllegalArgumentException("ringSize * maxResultBytes must be at most 1 GiB: ringSize=" + capacity
                    + ", maxResultBytes=" + maxResultBytes);
        }
        results = new UnsafeBuffer(BufferUtil.allocateDirectAligned(Math.max(1, (int) bytes), CACHE_LINE_BYTES));
        entries = new Entry[capacity];
        for (int i = 0; i < capacity; i++) {
            entries[i] = new Entry(results);
        }
    }

    boolean isFull() {
        final long position = tail.get();
        if (position - seenHead == entries.length) {
            seenHead = head.get();
        }
        return position - seenHead == entries.length;
    }

    boolean isEmpty() {
        return head.get() == tail.get();
    }

    /** How many wait. */
    long size() {
        return tail.get() - head.get();
    }

    /** There must be room. */
    void add(final SlotOutcome outcome, final CommandSlot slot) {
        final long position = tail.get();
        final int index = (int) (position % entries.length);
        final int resultOffset = index * resultStrideBytes;
        results.putBytes(resultOffset, outcome.result(), outcome.resultOffset(), outcome.resultLength());
        final Entry entry = entries[index];
        entry.outcome.copyOf(outcome, resultOffset);
        entry.publisherId = slot.publisherId();
        entry.future = slot.future();
        tail.set(position + 1);
    }

    /** Everything added so far lies before this position. */
    long tail() {
        return tail.get();
    }

    /** A force that began after {@link #tail()} was read has succeeded: everything before it is synced. */
    void completeSynced(final long uptoPosition) {
        for (long position = take(uptoPosition); position >= 0; position = take(uptoPosition)) {
            final Entry entry = entries[(int) (position % entries.length)];
            send(position, entry, entry.outcome.reached(Durability.SYNCED));
        }
    }

    /** The engine has failed: nobody will ever know. */
    void abandon() {
        final long uptoPosition = tail();
        for (long position = take(uptoPosition); position >= 0; position = take(uptoPosition)) {
            final Entry entry = entries[(int) (position % entries.length)];
            final SlotOutcome outcome = entry.outcome;
            send(position, entry, outcome.abandoned(outcome.clientId(), outcome.requestId(), OutcomeStatus.UNKNOWN));
        }
    }

    /** Returns a position that is now the caller's to send, or -1 if there is none left. */
    private long take(final long uptoPosition) {
        long position = next.get();
        while (position < uptoPosition && !next.compareAndSet(position, position + 1)) {
            position = next.get();
        }
        return position < uptoPosition ? position : -1;
    }

    private void send(final long position, final Entry entry, final SlotOutcome outcome) {
        final CompletableFuture<Outcome> future = entry.future;
        entry.future = null;
        sender.send(outcome, entry.publisherId, future);
        long before = head.get();
        while (before <= position && !head.compareAndSet(before, position + 1)) {
            before = head.get();
        }
    }
}
