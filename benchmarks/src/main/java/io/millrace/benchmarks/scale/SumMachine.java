package io.millrace.benchmarks.scale;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
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
