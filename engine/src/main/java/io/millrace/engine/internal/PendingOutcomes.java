package io.millrace.engine.internal;

import com.lmax.disruptor.Sequence;
import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeStatus;
import io.millrace.journal.Durability;
import java.util.concurrent.CompletableFuture;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Outcomes that are journaled and wait for a force, in order: a bounded queue from the journaling thread to whoever
 * completes them. Preallocated; results are copied into its own memory.
 *
 * <p>The journaling thread adds. Outcomes are sent by the forcing thread or, when the engine has failed, by
 * {@link Undertaker}: whoever moves {@code next} over an outcome sends it, so it is sent once, and a handler that hangs
 * holds up only its own thread.
 *
 * <p>An outcome takes one cache line, which the journaling thread alone writes: one that two threads write has to be fetched
 * from the other's processor by each of them.
 */
final class PendingOutcomes {
    /** With one lap, a force that takes longer than the ring takes to fill would stop the writer. */
    private static final int RING_LAPS = 4;

    private static final int MAX_RESULTS_BYTES = 1 << 30;

    private static final int ENTRY_BYTES = 64;
    private static final int PUBLISHER_OFFSET = SlotOutcome.STORED_BYTES;
    private static final int HAS_FUTURE_OFFSET = PUBLISHER_OFFSET + Integer.BYTES;
    private static final int RESULT_OFFSET = HAS_FUTURE_OFFSET + Integer.BYTES;
    private static final int RESULTS_END_OFFSET = RESULT_OFFSET + Integer.BYTES;

    private final int capacity;
    private final UnsafeBuffer entries;
    private final RecordRing results;

    /** Of the commands that somebody waits for by a future; the others' places are never touched. */
    private final CompletableFuture<Outcome>[] futures;

    private final OutcomeSender sender;

    /** The forcing thread's own. */
    private final SlotOutcome synced;

    /** {@link Undertaker}'s own. */
    private final SlotOutcome abandoned;

    /** Next to add; released by the journaling thread, acquired by completers. */
    private final Sequence tail = new Sequence(0);

    /** Next to send. */
    private final Sequence next = new Sequence(0);

    /** Everything before it was sent and may be overwritten. */
    private final Sequence head = new Sequence(0);

    /** What the journaling thread last saw of {@link #head}, which is another processor's cache line. */
    private long seenHead;

    private PendingOutcomes(final int capacity, final RecordRing results, final OutcomeSender sender) {
        this.capacity = capacity;
        this.results = results;
        this.sender = sender;
        entries = allocate(Math.multiplyExact(capacity, ENTRY_BYTES));
        futures = newFutures(capacity);
        synced = new SlotOutcome(results.buffer());
        abandoned = new SlotOutcome(results.buffer());
    }

    /** For a ring of so many slots, with results of that length for one lap at least. */
    static PendingOutcomes forRing(final int ringSize, final int maxResultBytes, final OutcomeSender sender) {
        return of(Math.multiplyExact(RING_LAPS, ringSize), ringSize, maxResultBytes, sender);
    }

    /** For so many outcomes, a power of 2, of which some may have the longest result. */
    static PendingOutcomes of(
            final int capacity, final int longestResults, final int maxResultBytes, final OutcomeSender sender) {
        final long resultsBytes = (long) longestResults * maxResultBytes;
        if (resultsBytes > MAX_RESULTS_BYTES) {
            throw new IllegalArgumentException("ringSize * maxResultBytes must be at most 1 GiB: ringSize="
                    + longestResults + ", maxResultBytes=" + maxResultBytes);
        }
        // Two of them, so that there is room when all have been sent, wherever the last one ended.
        final int ringBytes = BitUtil.findNextPositivePowerOfTwo(Math.max((int) resultsBytes, 2 * maxResultBytes));
        return new PendingOutcomes(capacity, new RecordRing(maxResultBytes, ringBytes), sender);
    }

    private static UnsafeBuffer allocate(final int bytes) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, ENTRY_BYTES));
    }

    @SuppressWarnings("unchecked") // an array of a generic type cannot be made in any other way
    private static CompletableFuture<Outcome>[] newFutures(final int length) {
        return (CompletableFuture<Outcome>[]) new CompletableFuture<?>[length];
    }

    /** Whether there is no room for another one, whatever its result. */
    boolean isFull() {
        return !hasRoom() && !hasRoomSince(head.get());
    }

    private boolean hasRoom() {
        return tail.get() - seenHead < capacity && results.hasRoom();
    }

    /** What the last one sent says of the results still stands: nothing was added over it as long as it was not seen. */
    private boolean hasRoomSince(final long newHead) {
        if (newHead == seenHead) {
            return false;
        }
        results.release(entries.getLong(index(newHead - 1) * ENTRY_BYTES + RESULTS_END_OFFSET));
        seenHead = newHead;
        return hasRoom();
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
        final int index = index(position);
        final int entry = index * ENTRY_BYTES;
        final int resultOffset = results.offset();
        if (outcome.resultLength() > 0) {
            results.buffer().putBytes(resultOffset, outcome.result(), outcome.resultOffset(), outcome.resultLength());
            results.advance(outcome.resultLength());
        }
        outcome.store(entries, entry);
        entries.putInt(entry + PUBLISHER_OFFSET, slot.publisherId());
        entries.putInt(entry + RESULT_OFFSET, resultOffset);
        entries.putLong(entry + RESULTS_END_OFFSET, results.position());
        final CompletableFuture<Outcome> future = slot.future();
        entries.putInt(entry + HAS_FUTURE_OFFSET, future == null ? 0 : 1);
        if (future != null) {
            futures[index] = future;
        }
        tail.set(position + 1);
    }

    private int index(final long position) {
        return (int) position & capacity - 1;
    }

    /** Everything added so far lies before this position. */
    long tail() {
        return tail.get();
    }

    /** A force that began after {@link #tail()} was read has succeeded: everything before it is synced. */
    void completeSynced(final long uptoPosition) {
        for (long position = take(uptoPosition); position >= 0; position = take(uptoPosition)) {
            send(position, load(position, synced).reached(Durability.SYNCED));
        }
    }

    /** The engine has failed: nobody will ever know. */
    void abandon() {
        final long uptoPosition = tail();
        for (long position = take(uptoPosition); position >= 0; position = take(uptoPosition)) {
            final SlotOutcome outcome = load(position, abandoned);
            send(position, outcome.abandoned(outcome.clientId(), outcome.requestId(), OutcomeStatus.UNKNOWN));
        }
    }

    private SlotOutcome load(final long position, final SlotOutcome outcome) {
        final int entry = index(position) * ENTRY_BYTES;
        return outcome.load(entries, entry, entries.getInt(entry + RESULT_OFFSET));
    }

    /** Returns a position that is now the caller's to send, or -1 if there is none left. */
    private long take(final long uptoPosition) {
        long position = next.get();
        while (position < uptoPosition && !next.compareAndSet(position, position + 1)) {
            position = next.get();
        }
        return position < uptoPosition ? position : -1;
    }

    private void send(final long position, final SlotOutcome outcome) {
        final int index = index(position);
        final int entry = index * ENTRY_BYTES;
        CompletableFuture<Outcome> future = null;
        if (entries.getInt(entry + HAS_FUTURE_OFFSET) != 0) {
            future = futures[index];
            futures[index] = null;
        }
        sender.send(outcome, entries.getInt(entry + PUBLISHER_OFFSET), future);
        long before = head.get();
        while (before <= position && !head.compareAndSet(before, position + 1)) {
            before = head.get();
        }
    }
}
