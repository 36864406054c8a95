package io.millrace.engine.internal;

import io.millrace.engine.ApplyFailedException;
import io.millrace.engine.OutcomeCodes;
import io.millrace.engine.StateMachine;
import io.millrace.journal.CommandEncoder;
import io.millrace.journal.EventView;
import io.millrace.journal.InvalidRecordException;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides a command, encodes its record, and applies its events. The only code that touches the state machine while the
 * engine runs. One thread.
 */
final class DecideStep {
    private static final Logger LOG = LoggerFactory.getLogger(DecideStep.class);

    private final Journal journal;
    private final StateMachine machine;
    private final RecordRing records;
    private final SlotRecords slotRecords;
    private final CommandEncoder encoder;
    private final RecordDecision decision;
    private final SlotCommand command;
    private final EventView event = new EventView();
    private long nowNs;

    DecideStep(
            final Journal journal,
            final StateMachine machine,
            final SlotMemory memory,
            final RecordRing records,
            final SlotRecords slotRecords) {
        this.journal = journal;
        this.machine = machine;
        this.records = records;
        this.slotRecords = slotRecords;
        encoder = journal.commandEncoder();
        decision = new RecordDecision(encoder);
        command = new SlotCommand(memory);
    }

    /** One clock reading serves a batch. */
    void onBatchStart() {
        nowNs = journal.nowNs();
    }

    /** There must be {@linkplain RecordRing#hasRoom() room} for the record. */
    void onSlot(final CommandSlot slot) {
        switch (slot.kind()) {
            case CommandSlot.COMMAND -> decideOrRefuse(slot);
            case CommandSlot.INSPECTION -> {
                slotRecords.none(slot.index());
                slot.inspection().ask(machine);
            }
            default -> slotRecords.none(slot.index());
        }
        slotRecords.endPosition(slot.index(), records.position());
    }

    /** Asked for each command, see {@link RecordRing#maxUnjournaledBytes}. */
    private void decideOrRefuse(final CommandSlot slot) {
        if (journal.isDiskFull()) {
            slotRecords.none(slot.index());
        } else {
            onCommand(slot);
        }
    }

    private void onCommand(final CommandSlot slot) {
        final long firstSequence = encoder.nextSequence();
        final int offset = records.offset();
        encoder.begin(records.buffer(), offset, records.maxRecordBytes());
        decision.begin();
        decide(slot, firstSequence);
        final int length = endRecord(slot);
        records.advance(length);
        slotRecords.record(slot.index(), offset, length, firstSequence, nowNs);
        if (encoder.eventCount() > 0) {
            applyEvents(firstSequence);
        }
    }

    private void decide(final CommandSlot slot, final long firstSequence) {
        try {
            machine.decide(command.wrap(slot, firstSequence, nowNs), decision);
            decision.complete();
        } catch (final Throwable e) {
            if (Fatal.isFatal(e)) {
                throw e;
            }
            decision.decideFailed();
            LOG.warn(
                    "decide threw, the command is rejected: code={}, typeId={}, clientId={}, requestId={}",
                    decision.code(),
                    slot.typeId(),
                    slot.clientId(),
                    slot.requestId(),
                    e);
        }
    }

    private int endRecord(final CommandSlot slot) {
        try {
            return tryEndRecord(slot);
        } catch (final InvalidRecordException e) {
            LOG.warn("the decision does not fit, the command is rejected: requestId={}", slot.requestId(), e);
            decision.overrule(OutcomeCodes.INVALID_DECISION);
            return tryEndRecord(slot);
        }
    }

    /** The timestamp delta is the journal stage's to set: only it knows the commit's base. */
    private int tryEndRecord(final CommandSlot slot) {
        return encoder.end(
                slot.clientId(), slot.requestId(), decision.accepted(), decision.code(), slot.durability(), 0);
    }

    private void applyEvents(final long firstSequence) {
        final UnsafeBuffer buffer = records.buffer();
        final long end = firstSequence + encoder.eventCount();
        int offset = encoder.eventsOffset();
        for (long sequence = firstSequence; sequence < end; sequence++) {
            apply(machine, event.wrap(buffer, offset, sequence, nowNs));
            offset += JournalFormat.align(
                    buffer.getInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, JournalFormat.BYTE_ORDER));
        }
    }

    /** Applies an event, live and in replay. */
    static void apply(final StateMachine machine, final EventView event) {
        try {
            machine.apply(event);
        } catch (final Throwable e) {
            throw new ApplyFailedException(event.sequence(), event.toString(), e);
        }
    }
}
