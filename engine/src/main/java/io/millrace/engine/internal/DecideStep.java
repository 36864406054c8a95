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
    private final CommandEncoder encoder;
    private final RecordDecision decision;
    private final SlotCommand command;
    private final EventView event = new EventView();
    private long nowNs;

    DecideStep(final Journal journal, final StateMachine machine, final SlotMemory memory, final RecordRing records) {
        this.journal = journal;
        this.machine = machine;
        this.records = records;
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
        slot.recordLength = 0;
        switch (slot.kind) {
            case COMMAND -> onCommand(slot);
            case INSPECTION -> slot.inspection.ask(machine);
            case UNUSED -> {}
        }
        slot.recordEndPosition = records.position();
    }

    private void onCommand(final CommandSlot slot) {
        slot.timestampNs = nowNs;
        slot.firstSequence = encoder.nextSequence();
        slot.recordOffset = records.offset();
        encoder.begin(records.buffer(), slot.recordOffset, records.maxRecordBytes());
        decision.begin();
        decide(slot);
        slot.recordLength = endRecord(slot);
        slot.accepted = decision.accepted();
        slot.code = decision.code();
        slot.eventCount = encoder.eventCount();
        slot.resultLength = encoder.resultLength();
        records.advance(slot.recordLength);
        if (slot.eventCount > 0) {
            applyEvents(slot);
        }
    }

    private void decide(final CommandSlot slot) {
        try {
            machine.decide(command.wrap(slot, slot.firstSequence), decision);
            decision.complete();
        } catch (final Throwable e) {
            if (Fatal.isFatal(e)) {
                throw e;
            }
            decision.decideFailed();
            LOG.warn(
                    "decide threw, the command is rejected: code={}, typeId={}, clientId={}, requestId={}",
                    decision.code(),
                    slot.typeId,
                    slot.clientId,
                    slot.requestId,
                    e);
        }
    }

    private int endRecord(final CommandSlot slot) {
        try {
            return tryEndRecord(slot);
        } catch (final InvalidRecordException e) {
            LOG.warn("the decision does not fit, the command is rejected: requestId={}", slot.requestId, e);
            decision.overrule(OutcomeCodes.INVALID_DECISION);
            return tryEndRecord(slot);
        }
    }

    /** The timestamp delta is the journal stage's to set: only it knows the commit's base. */
    private int tryEndRecord(final CommandSlot slot) {
        return encoder.end(slot.clientId, slot.requestId, decision.accepted(), decision.code(), slot.durability, 0);
    }

    private void applyEvents(final CommandSlot slot) {
        final UnsafeBuffer buffer = records.buffer();
        int offset = encoder.eventsOffset();
        long sequence = slot.firstSequence;
        for (int i = 0; i < slot.eventCount; i++) {
            event.wrap(buffer, offset, sequence, slot.timestampNs);
            apply(machine, event);
            sequence++;
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
