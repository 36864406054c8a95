package io.millrace.benchmarks;

import com.lmax.disruptor.EventFactory;
import io.millrace.engine.Command;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A ring slot with the command that came in and room for the events that go out, off-heap and preallocated. */
final class HandWiredSlot implements Command {
    private static final int CACHE_LINE_BYTES = 64;

    final UnsafeBuffer command;
    final UnsafeBuffer events;
    int typeId;
    int length;
    long requestId;
    long nextSequence;
    long timestampNs;
    int eventCount;

    private HandWiredSlot(final ByteBuffer memory, final int offset) {
        command = new UnsafeBuffer(memory, offset, LedgerScenario.MAX_COMMAND_BYTES);
        events = new UnsafeBuffer(memory, offset + LedgerScenario.MAX_COMMAND_BYTES, HandWiredExcerpt.MAX_EVENTS_BYTES);
    }

    static EventFactory<HandWiredSlot> factory(final int slots) {
        final int stride = LedgerScenario.MAX_COMMAND_BYTES + HandWiredExcerpt.MAX_EVENTS_BYTES;
        final ByteBuffer memory = BufferUtil.allocateDirectAligned(slots * stride, CACHE_LINE_BYTES);
        final int[] next = new int[1];
        return () -> new HandWiredSlot(memory, next[0]++ * stride);
    }

    @Override
    public int typeId() {
        return typeId;
    }

    @Override
    public long clientId() {
        return 0;
    }

    @Override
    public long requestId() {
        return requestId;
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
        return command;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return length;
    }
}
