package io.millrace.engine.internal;

import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.OutcomeView;
import io.millrace.journal.CommandView;
import io.millrace.journal.Durability;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An outcome as its handler sees it. A flyweight that is filled anew for each. */
final class SlotOutcome implements OutcomeView {
    static final int STORED_BYTES = 44;

    private static final int STORED_CLIENT_ID = 0;
    private static final int STORED_REQUEST_ID = 8;
    private static final int STORED_FIRST_SEQUENCE = 16;
    private static final int STORED_LAST_SEQUENCE = 24;
    private static final int STORED_CODE = 32;
    private static final int STORED_STATUS = 36;
    private static final int STORED_RESULT_LENGTH = 40;
    private static final OutcomeStatus[] STATUSES = OutcomeStatus.values();

    private final DirectBuffer results;
    private long clientId;
    private long requestId;
    private OutcomeStatus status;
    private int code;
    private long firstSequence;
    private long lastSequence;
    private Durability level;
    private int resultOffset;
    private int resultLength;

    SlotOutcome(final DirectBuffer results) {
        this.results = results;
    }

    /** The outcome of a journaled command, as its record tells it. */
    SlotOutcome decided(final CommandView record) {
        final int events = record.eventCount();
        clientId = record.clientId();
        requestId = record.requestId();
        status = record.accepted() ? OutcomeStatus.ACCEPTED : OutcomeStatus.REJECTED;
        code = record.code();
        firstSequence = events == 0 ? 0 : record.firstSequence();
        lastSequence = events == 0 ? 0 : record.firstSequence() + events - 1;
        level = Durability.JOURNALED;
        resultOffset = record.resultOffset();
        resultLength = record.resultLength();
        return this;
    }

    /** The outcome of a command that was not decided; those before it have been journaled. */
    SlotOutcome refused(final long client, final long request, final int engineCode) {
        withoutRecord(client, request, OutcomeStatus.REJECTED, engineCode);
        level = Durability.JOURNALED;
        return this;
    }

    /** The outcome of a command that the engine left behind. */
    SlotOutcome abandoned(final long client, final long request, final OutcomeStatus why) {
        withoutRecord(client, request, why, 0);
        level = null;
        return this;
    }

    private void withoutRecord(
            final long client, final long request, final OutcomeStatus newStatus, final int newCode) {
        clientId = client;
        requestId = request;
        status = newStatus;
        code = newCode;
        firstSequence = 0;
        lastSequence = 0;
        resultOffset = 0;
        resultLength = 0;
    }

    /** Puts everything but the result itself into memory, {@link #STORED_BYTES} from an offset on. */
    void store(final UnsafeBuffer memory, final int offset) {
        memory.putLong(offset + STORED_CLIENT_ID, clientId);
        memory.putLong(offset + STORED_REQUEST_ID, requestId);
        memory.putLong(offset + STORED_FIRST_SEQUENCE, firstSequence);
        memory.putLong(offset + STORED_LAST_SEQUENCE, lastSequence);
        memory.putInt(offset + STORED_CODE, code);
        memory.putInt(offset + STORED_STATUS, status.ordinal());
        memory.putInt(offset + STORED_RESULT_LENGTH, resultLength);
    }

    /** What was {@linkplain #store stored}; its result lies at an offset of this one's buffer by now. */
    SlotOutcome load(final UnsafeBuffer memory, final int offset, final int storedResultOffset) {
        clientId = memory.getLong(offset + STORED_CLIENT_ID);
        requestId = memory.getLong(offset + STORED_REQUEST_ID);
        firstSequence = memory.getLong(offset + STORED_FIRST_SEQUENCE);
        lastSequence = memory.getLong(offset + STORED_LAST_SEQUENCE);
        code = memory.getInt(offset + STORED_CODE);
        status = STATUSES[memory.getInt(offset + STORED_STATUS)];
        resultLength = memory.getInt(offset + STORED_RESULT_LENGTH);
        resultOffset = storedResultOffset;
        level = null;
        return this;
    }

    SlotOutcome reached(final Durability durability) {
        level = durability;
        return this;
    }

    @Override
    public long clientId() {
        return clientId;
    }

    @Override
    public long requestId() {
        return requestId;
    }

    @Override
    public OutcomeStatus status() {
        return status;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public long firstSequence() {
        return firstSequence;
    }

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    @Override
    public Durability level() {
        return level;
    }

    @Override
    public DirectBuffer result() {
        return results;
    }

    @Override
    public int resultOffset() {
        return resultOffset;
    }

    @Override
    public int resultLength() {
        return resultLength;
    }
}
