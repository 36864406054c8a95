package io.millrace.engine.internal;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.millrace.engine.OutcomeCodes;
import io.millrace.engine.OutcomeStatus;
import io.millrace.journal.CommandView;
import io.millrace.journal.Durability;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the outcomes of journaled and of refused commands, in the order of publishing, or leaves them with the forcing
 * thread. On the journaling thread.
 */
final class OutcomeStep {
    private static final long FULL_PAUSE_NS = 1_000;
    private static final long TAKEN_OVER = Long.MAX_VALUE;

    private final RingBuffer<CommandSlot> ring;
    private final RecordRing records;
    private final SlotRecords slotRecords;
    private final CommandView record = new CommandView();
    private final OutcomeSender sender;
    private final PendingOutcomes pending;
    private final ForceAgent forceAgent;
    private final Lifecycle lifecycle;
    private final SlotOutcome outcome;

    /** Last slot whose outcome this thread sends; {@link #TAKEN_OVER} once the rest is {@link Undertaker}'s. */
    private final AtomicLong taken = new AtomicLong(-1);

    /**
     * Slots up to this one are journaled and their outcomes passed on. Gates the ring in place of the Disruptor's own
     * sequence, which moves over a batch that failed and would let publishers overwrite commands that still wait for their
     * answer.
     */
    private final Sequence passed;

    OutcomeStep(
            final RingBuffer<CommandSlot> ring,
            final RecordRing records,
            final SlotRecords slotRecords,
            final OutcomeSender sender,
            final PendingOutcomes pending,
            final ForceAgent forceAgent,
            final Sequence passed,
            final Lifecycle lifecycle) {
        this.ring = ring;
        this.records = records;
        this.slotRecords = slotRecords;
        this.sender = sender;
        this.pending = pending;
        this.forceAgent = forceAgent;
        this.passed = passed;
        this.lifecycle = lifecycle;
        outcome = new SlotOutcome(records.buffer());
    }

    /** The slots' commands must have been journaled, or refused. */
    void sendUpTo(final long lastRingSequence) {
        final long before = taken.get();
        if (before == TAKEN_OVER || !taken.compareAndSet(before, lastRingSequence)) {
            throw new StageStoppedException();
        }
        long answered = before;
        boolean wanted = false;
        try {
            while (answered < lastRingSequence) {
                wanted |= answer(ring.get(answered + 1));
                answered++;
            }
        } catch (final Throwable e) {
            leave(answered, lastRingSequence);
            throw e;
        }
        if (wanted) {
            forceAgent.wake();
        }
        passed.set(lastRingSequence);
    }

    private boolean answer(final CommandSlot slot) {
        final boolean wanted = slot.kind() == CommandSlot.COMMAND && send(slot);
        slot.clearReferences();
        return wanted;
    }

    /**
     * This thread cannot go on, the engine is about to fail: leaves what it took and did not answer to {@link Undertaker}, or
     * answers it itself when that one has gone over the rest already.
     */
    private void leave(final long answered, final long lastRingSequence) {
        if (!taken.compareAndSet(lastRingSequence, answered)) {
            for (long sequence = answered + 1; sequence <= lastRingSequence; sequence++) {
                final CommandSlot slot = ring.get(sequence);
                if (slot.kind() == CommandSlot.COMMAND) {
                    abandon(slot);
                }
                slot.clearReferences();
            }
        }
    }

    /** Returns whether a force is wanted. Once the engine has failed nothing is acknowledged any more. */
    private boolean send(final CommandSlot slot) {
        final boolean synced = slot.durability() == Durability.SYNCED;
        if (synced) {
            awaitRoom();
        }
        if (lifecycle.isFailed()) {
            abandon(slot);
            return false;
        }
        tell(slot);
        if (synced) {
            pending.add(outcome, slot);
        } else {
            sender.send(outcome, slot.publisherId(), slot.future());
        }
        return synced;
    }

    private void abandon(final CommandSlot slot) {
        outcome.abandoned(slot.clientId(), slot.requestId(), OutcomeStatus.UNKNOWN);
        sender.send(outcome, slot.publisherId(), slot.future());
    }

    private void tell(final CommandSlot slot) {
        final int index = slot.index();
        if (slotRecords.length(index) == 0) {
            outcome.refused(slot.clientId(), slot.requestId(), OutcomeCodes.DISK_FULL);
        } else {
            outcome.decided(record.wrap(
                    records.buffer(),
                    slotRecords.offset(index),
                    slotRecords.firstSequence(index),
                    slotRecords.timestampNs(index)));
        }
    }

    /** The forcing thread makes room, or fails the engine, which ends this wait. */
    private void awaitRoom() {
        while (pending.isFull() && !lifecycle.isFailed()) {
            forceAgent.wake();
            LockSupport.parkNanos(FULL_PAUSE_NS);
        }
    }

    /** Leaves all outcomes behind the returned ring sequence to {@link Undertaker}; this thread will not send them. */
    long takeOver() {
        return taken.getAndSet(TAKEN_OVER);
    }
}
