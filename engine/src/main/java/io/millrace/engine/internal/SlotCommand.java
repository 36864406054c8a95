package io.millrace.engine.internal;

import io.millrace.engine.Command;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A command as the state machine sees it: a view of its slot. */
final class SlotCommand implements Command {
    private final UnsafeBuffer memory;
    private CommandSlot slot;
    private long nextSequence;
    private long timestampNs;

    SlotCommand(final SlotMemory memory) {
        this.memory = memory.buffer();
    }

    SlotCommand wrap(final CommandSlot commandSlot, final long sequence, final long nowNs) {
        slot = commandSlot;
        nextSequence = sequence;
        timestampNs = nowNs;
        return this;
    }

    @Override
    public int typeId() {
        return slot.typeId();
    }

    @Override
    public long clientId() {
        return slot.clientId();
    }

    @Override
    public long requestId() {
        return slot.requestId();
    }

    @Override
    public long timestampNs() {
        return timestampNs;
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public DirectBuffer buffer() {
        return memory;
    }

    @Override
    public int offset() {
        return slot.payloadOffset();
    }

    @Override
    public int length() {
        return slot.length();
    }
}
