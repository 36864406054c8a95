package io.millrace.engine.internal;

import com.lmax.disruptor.RingBuffer;
import io.millrace.engine.Command;
import io.millrace.engine.CommandBatch;
import io.millrace.engine.StateMachine;
import io.millrace.engine.StreamPrefetch;
import io.millrace.journal.CommandEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the state machine, and then the journal's stream heads, read ahead for the commands of a batch, a window at a time.
 * A state larger than the cache costs a wait for memory at every look-up; looked up many in a row, in loops that do
 * nothing else, the waits overlap. The idea is TigerBeetle's prefetch phase. On the deciding thread.
 */
final class ReadAhead implements CommandBatch, StreamPrefetch {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);
    private static final int MAX_STREAMS = 2 * MAX_COMMANDS;

    private final RingBuffer<CommandSlot> ring;
    private final StateMachine machine;
    private final CommandEncoder encoder;
    private final SlotCommand command;
    private final int[] slots = new int[MAX_COMMANDS];
    private final long[] streams = new long[MAX_STREAMS];
    private int size;
    private int streamCount;
    private long batchSize;
    private long batchEnd;
    private long windowEnd;

    ReadAhead(
            final RingBuffer<CommandSlot> ring,
            final StateMachine machine,
            final CommandEncoder encoder,
            final SlotMemory memory) {
        this.ring = ring;
        this.machine = machine;
        this.encoder = encoder;
        command = new SlotCommand(memory);
    }

    void onBatchStart(final long commands) {
        batchSize = commands;
    }

    /** Before a slot is decided: reads ahead if it begins a window. */
    void onSlot(final long sequence) {
        if (batchSize > 0) {
            batchEnd = sequence + batchSize;
            windowEnd = sequence;
            batchSize = 0;
        }
        if (sequence == windowEnd && sequence < batchEnd) {
            windowEnd = Math.min(batchEnd, sequence + MAX_COMMANDS);
            // For a single command there is nothing to overlap with.
            if (windowEnd - sequence > 1) {
                prefetch(sequence);
            }
        }
    }

    private void prefetch(final long from) {
        size = 0;
        for (long sequence = from; sequence < windowEnd; sequence++) {
            final CommandSlot slot = ring.get(sequence);
            if (slot.kind() == CommandSlot.COMMAND) {
                slots[size++] = slot.index();
            }
        }
        if (size > 0) {
            streamCount = 0;
            prefetchState();
            encoder.prefetch(streams, streamCount);
        }
    }

    /** A command that the machine stumbles over here is rejected when it is decided; it must not stop the engine. */
    private void prefetchState() {
        try {
            machine.prefetch(this, this);
        } catch (final Throwable e) {
            if (Fatal.isFatal(e)) {
                throw e;
            }
            LOG.warn("prefetch threw, the batch is decided without it: commands={}", size, e);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Command get(final int index) {
        return command.wrap(ring.get(slots[index]), 0, 0);
    }

    @Override
    public void stream(final long streamId) {
        if (streamCount < MAX_STREAMS) {
            streams[streamCount++] = streamId;
        }
    }
}
