package io.millrace.engine.internal;

import com.lmax.disruptor.RingBuffer;
import io.millrace.journal.CommandView;
import io.millrace.journal.Durability;
import java.util.concurrent.locks.LockSupport;

/** Sends the outcomes of journaled commands, or leaves them with the forcing thread. On the journaling thread. */
final class OutcomeStep {
    private static final long FULL_PAUSE_NS = 1_000;

    private final RingBuffer<CommandSlot> ring;
    private final RecordRing records;
    private final SlotRecords slotRecords;
    private final CommandView record = new CommandView();
    private final OutcomeSender sender;
    private final PendingOutcomes pending;
    private final ForceAgent forceAgent;
    private final Lifecycle lifecycle;
    private final SlotOutcome outcome;

    /** Last slot that was passed on; read by {@link Undertaker} once this thread has ended. */
    private long sentRingSequence = -1;

    OutcomeStep(
            final RingBuffer<CommandSlot> ring,
            final RecordRing records,
            final SlotRecords slotRecords,
            final OutcomeSender sender,
            final PendingOutcomes pending,
            final ForceAgent forceAgent,
            final Lifecycle lifecycle) {
        this.ring = ring;
        this.records = records;
        this.slotRecords = slotRecords;
        this.sender = sender;
        this.pending = pending;
        this.forceAgent = forceAgent;
        this.lifecycle = lifecycle;
        outcome = new SlotOutcome(records.buffer());
    }

    /** Once the engine has failed the rest is left to {@link Undertaker}. */
    void sendUpTo(final long lastRingSequence) {
        boolean wanted = false;
        for (long sequence = sentRingSequence + 1; sequence <= lastRingSequence; sequence++) {
            if (lifecycle.isFailed()) {
                throw new StageStoppedException();
            }
            final CommandSlot slot = ring.get(sequence);
            if (slot.kind() == CommandSlot.COMMAND) {
                wanted |= send(slot);
            }
            slot.clearReferences();
            sentRingSequence = sequence;
        }
        if (wanted) {
            forceAgent.wake();
        }
    }

    /** Returns whether a force is wanted. */
    private boolean send(final CommandSlot slot) {
        outcome.decided(record.wrap(
                records.buffer(),
                slotRecords.offset(slot.index()),
                slotRecords.firstSequence(slot.index()),
                slotRecords.timestampNs(slot.index())));
        if (slot.durability() == Durability.SYNCED) {
            awaitRoom();
            pending.add(outcome, slot);
            return true;
        }
        sender.send(outcome, slot.publisherId(), slot.future());
        return false;
    }

    /** The forcing thread makes room, or fails the engine, which ends this wait. */
    private void awaitRoom() {
        while (pending.isFull()) {
            if (lifecycle.isFailed()) {
                throw new StageStoppedException();
            }
            forceAgent.wake();
            LockSupport.parkNanos(FULL_PAUSE_NS);
        }
    }

    long sentRingSequence() {
        return sentRingSequence;
    }
}
