package io.millrace.benchmarks.scale;

import io.millrace.engine.Command;
import io.millrace.engine.CommandBatch;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.engine.StreamPrefetch;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Adds an amount to the sum of a stream: a command and its event are stream, amount, and as many bytes behind them as are
 * wanted.
 */
final class SumMachine implements StateMachine {
    static final int TYPE_ID = 1;
    static final int MIN_BYTES = 16;

    private static final int SCHEMA_VERSION = 1;
    private static final int STREAM_OFFSET = 0;
    private static final int AMOUNT_OFFSET = 8;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final long[] sums;

    /** Of a batch. */
    private final int[] streams = new int[Math.max(CommandBatch.MAX_COMMANDS, EventBatch.MAX_EVENTS)];

    /** Keeps the reads ahead alive. */
    private long readAhead;

    SumMachine(final int streams) {
        sums = new long[streams];
    }

    static void write(final MutableDirectBuffer target, final int stream, final long amount) {
        target.putLong(STREAM_OFFSET, stream, ORDER);
        target.putLong(AMOUNT_OFFSET, amount, ORDER);
    }

    static int stream(final DirectBuffer buffer, final int offset) {
        return (int) buffer.getLong(offset + STREAM_OFFSET, ORDER);
    }

    static long amount(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + AMOUNT_OFFSET, ORDER);
    }

    @Override
    public void decide(final Command command, final Decision decision) {
        decision.emit(
                TYPE_ID,
                SCHEMA_VERSION,
                stream(command.buffer(), command.offset()),
                command.buffer(),
                command.offset(),
                command.length());
    }

    @Override
    public void apply(final EventView event) {
        sums[stream(event.buffer(), event.offset())] += amount(event.buffer(), event.offset());
    }

    @Override
    public void prefetch(final CommandBatch commands, final StreamPrefetch heads) {
        final int size = commands.size();
        for (int i = 0; i < size; i++) {
            final Command command = commands.get(i);
            streams[i] = stream(command.buffer(), command.offset());
            heads.stream(streams[i]);
        }
        readAhead = sum(sums, streams, size);
    }

    @Override
    public void prefetch(final EventBatch events) {
        readAhead = sum(sums, streams, streams(events, streams));
    }

    /** Puts the streams of all events into an array; returns how many these are. */
    static int streams(final EventBatch events, final int[] streams) {
        final int size = events.size();
        for (int i = 0; i < size; i++) {
            final EventView event = events.get(i);
            streams[i] = stream(event.buffer(), event.offset());
        }
        return size;
    }

    /** Of the first so many of these streams: in a loop that does nothing else, waits for memory overlap. */
    static long sum(final long[] sums, final int[] streams, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += sums[streams[i]];
        }
        return sum;
    }

    long sum() {
        long sum = 0;
        for (final long one : sums) {
            sum += one;
        }
        return sum;
    }

    @Override
    public void save(final DataOutput out) {
        throw new UnsupportedOperationException("nobody takes a snapshot of it");
    }

    @Override
    public void load(final DataInput in) {
        throw new UnsupportedOperationException("nobody takes a snapshot of it");
    }
}
