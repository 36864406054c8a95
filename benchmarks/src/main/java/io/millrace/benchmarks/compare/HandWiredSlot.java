package io.millrace.benchmarks.compare;

import com.lmax.disruptor.EventFactory;
import io.millrace.contest.Transfers;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A ring slot with the command that came in and the event that goes out, off-heap and preallocated. */
public final class HandWiredSlot {
    private static final int CACHE_LINE_BYTES = 64;
    private static final int STRIDE_BYTES = Transfers.COMMAND_BYTES + 2 * CACHE_LINE_BYTES;

    final UnsafeBuffer command;
    final UnsafeBuffer excerpt;
    boolean accepted;

    private HandWiredSlot(final ByteBuffer memory, final int offset) {
        command = new UnsafeBuffer(memory, offset, Transfers.COMMAND_BYTES);
        excerpt = new UnsafeBuffer(memory, offset + Transfers.COMMAND_BYTES, ExcerptLayout.BYTES);
    }

    /** Takes a command that was due at a time. */
    public void fill(final Transfers transfer, final long dueNs) {
        TransferLayout.write(transfer, command, 0);
        command.putLong(Transfers.SENT_AT_OFFSET, dueNs, Transfers.BYTE_ORDER);
    }

    /** When the command was due. */
    public long dueNs() {
        return command.getLong(Transfers.SENT_AT_OFFSET, Transfers.BYTE_ORDER);
    }

    public static EventFactory<HandWiredSlot> factory(final int slots) {
        final ByteBuffer memory = BufferUtil.allocateDirectAligned(slots * STRIDE_BYTES, CACHE_LINE_BYTES);
        final int[] next = new int[1];
        return () -> new HandWiredSlot(memory, next[0]++ * STRIDE_BYTES);
    }
}
