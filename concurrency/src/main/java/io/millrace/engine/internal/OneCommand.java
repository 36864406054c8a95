package io.millrace.engine.internal;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.millrace.journal.Durability;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalFormat;

/**
 * A ring whose first slot holds a decided command, for the steps behind: none of them writes to it, so all states share
 * it.
 */
final class OneCommand {
    static final long RING_SEQUENCE = 0;

    private static final int SLOTS = 2;
    private static final int MAX_RECORD_BYTES = 1 << 10;
    private static final RecordRing RECORDS = new RecordRing(MAX_RECORD_BYTES);
    private static final SlotRecords SLOT_RECORDS = new SlotRecords(SLOTS);
    private static final RingBuffer<CommandSlot> RING = ring();

    private OneCommand() {}

    private static RingBuffer<CommandSlot> ring() {
        final SlotMemory memory = new SlotMemory(SLOTS, 0);
        final int[] index = {0};
        final RingBuffer<CommandSlot> ring =
                RingBuffer.createSingleProducer(() -> new CommandSlot(memory, index[0]++), SLOTS);
        ring.get(RING_SEQUENCE).fillCommand(1, 0, 1, 1, Durability.JOURNALED, 0);
        SLOT_RECORDS.record(0, 0, JournalFormat.COMMAND_HEADER_LENGTH, 1, 0);
        return ring;
    }

    static CommandSlot slot() {
        return RING.get(RING_SEQUENCE);
    }

    static OutcomeStep outcomeStep(final OutcomeSender sender, final Lifecycle lifecycle) {
        return new OutcomeStep(RING, RECORDS, SLOT_RECORDS, sender, null, null, new Sequence(), lifecycle);
    }

    static JournalStep journalStep(final Journal journal, final Lifecycle lifecycle) {
        final OutcomeSender sender = new OutcomeSender(e -> {});
        sender.register(outcome -> {}, 1);
        return new JournalStep(
                journal, RECORDS, SLOT_RECORDS, outcomeStep(sender, lifecycle), lifecycle, MAX_RECORD_BYTES);
    }

    /** Journals the command; does nothing more if the step finds that the engine has failed. */
    static void journal(final JournalStep step) {
        try {
            step.onSlot(slot(), RING_SEQUENCE);
            step.commit(RING_SEQUENCE);
        } catch (final StageStoppedException e) {
            // The engine has failed, which is the other actor's doing.
        }
    }
}
