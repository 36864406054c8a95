package io.millrace.engine.internal;

import io.millrace.engine.Outcome;
import io.millrace.journal.Durability;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One slot of the ring: what a publisher asks. Written by the publisher alone, so that its cache lines travel one way;
 * what the stages find out is kept in {@link SlotRecords}. The fields lie in {@link SlotMemory}; the object itself is
 * written only when somebody waits for a future. Handed on by the Disruptor's sequences.
 */
final class CommandSlot {
    /** Claimed and given back: nothing to do. */
    static final byte UNUSED = 0;

    /** A command. */
    static final byte COMMAND = 1;

    /** A question to the state. */
    static final byte INSPECTION = 2;

    private static final Durability[] DURABILITIES = Durability.values();

    private final UnsafeBuffer memory;
    private final int offset;
    private final int index;
    private CompletableFuture<Outcome> future;
    private Inspection<?> inspection;

    CommandSlot(final SlotMemory memory, final int index) {
        this.memory = memory.buffer();
        this.index = index;
        offset = memory.offsetOf(index);
    }

    void fillCommand(
            final int typeId,
            final int publisherId,
            final long clientId,
            final long requestId,
            final Durability durability,
            final int length) {
        memory.putByte(offset + SlotMemory.KIND_OFFSET, COMMAND);
        memory.putByte(offset + SlotMemory.DURABILITY_OFFSET, (byte) durability.ordinal());
        memory.putInt(offset + SlotMemory.TYPE_ID_OFFSET, typeId);
        memory.putInt(offset + SlotMemory.LENGTH_OFFSET, length);
        memory.putInt(offset + SlotMemory.PUBLISHER_OFFSET, publisherId);
        memory.putLong(offset + SlotMemory.REQUEST_ID_OFFSET, requestId);
        memory.putLong(offset + SlotMemory.CLIENT_ID_OFFSET, clientId);
    }

    void fillInspection(final Inspection<?> question) {
        memory.putByte(offset + SlotMemory.KIND_OFFSET, INSPECTION);
        inspection = question;
    }

    void fillUnused() {
        memory.putByte(offset + SlotMemory.KIND_OFFSET, UNUSED);
    }

    void future(final CompletableFuture<Outcome> outcome) {
        future = outcome;
    }

    /** Lets go of what belongs to one caller, so that an idle ring keeps nobody's objects alive. */
    void clearReferences() {
        if (future != null) {
            future = null;
        }
        if (inspection != null) {
            inspection = null;
        }
    }

    byte kind() {
        return memory.getByte(offset + SlotMemory.KIND_OFFSET);
    }

    int typeId() {
        return memory.getInt(offset + SlotMemory.TYPE_ID_OFFSET);
    }

    int publisherId() {
        return memory.getInt(offset + SlotMemory.PUBLISHER_OFFSET);
    }

    long clientId() {
        return memory.getLong(offset + SlotMemory.CLIENT_ID_OFFSET);
    }

    long requestId() {
        return memory.getLong(offset + SlotMemory.REQUEST_ID_OFFSET);
    }

    Durability durability() {
        return DURABILITIES[memory.getByte(offset + SlotMemory.DURABILITY_OFFSET)];
    }

    int length() {
        return memory.getInt(offset + SlotMemory.LENGTH_OFFSET);
    }

    int payloadOffset() {
        return offset + SlotMemory.PAYLOAD_OFFSET;
    }

    int index() {
        return index;
    }

    CompletableFuture<Outcome> future() {
        return future;
    }

    Inspection<?> inspection() {
        return inspection;
    }
}
