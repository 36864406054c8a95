package io.millrace.engine;

import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Adds numbers to counters. Commands carry the counter's id and the amount, both longs. The command's type chooses what
 * {@code decide} does, {@code apply} throws on {@link #POISON_AMOUNT}.
 */
final class CounterMachine implements StateMachine {
    static final int ADD = 1;
    static final int REJECT = 2;
    static final int THROW = 3;
    static final int ADD_TWICE = 4;
    static final int EMIT_THEN_THROW = 5;
    static final int EMIT_THEN_REJECT = 6;
    static final int EMIT_EMPTY = 7;
    static final int EMIT_TOO_MUCH = 8;
    static final int OVERFLOW_STACK = 9;
    static final int RESULT_TOO_LONG = 10;

    static final int ADDED = 1;
    static final int REJECTED_CODE = 42;
    static final long POISON_AMOUNT = Long.MIN_VALUE;

    private final Map<Long, Long> counters = new TreeMap<>();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[Long.BYTES]);

    @Override
    public void decide(final Command command, final Decision decision) {
        switch (command.typeId()) {
            case ADD -> add(command, decision);
            case ADD_TWICE -> {
                add(command, decision);
                add(command, decision);
            }
            case REJECT -> decision.reject(REJECTED_CODE);
            case THROW -> throw new IllegalStateException("asked to");
            case EMIT_THEN_THROW -> {
                add(command, decision);
                throw new IllegalStateException("asked to");
            }
            case EMIT_THEN_REJECT -> {
                add(command, decision);
                decision.reject(REJECTED_CODE);
            }
            case EMIT_EMPTY -> decision.emit(ADDED, 0, 1, scratch, 0, 0);
            case EMIT_TOO_MUCH -> {
                while (true) {
                    add(command, decision);
                }
            }
            case OVERFLOW_STACK -> decide(command, decision);
            case RESULT_TOO_LONG -> decision.result(new UnsafeBuffer(new byte[70_000]), 0, 70_000);
            default -> decision.reject(1);
        }
    }

    private void add(final Command command, final Decision decision) {
        final long counter = command.buffer().getLong(command.offset());
        scratch.putLong(0, counters.getOrDefault(counter, 0L));
        decision.result(scratch, 0, Long.BYTES);
        decision.emit(ADDED, 0, counter, command.buffer(), command.offset() + Long.BYTES, Long.BYTES);
    }

    @Override
    public void apply(final EventView event) {
        final long amount = event.buffer().getLong(event.offset());
        if (amount == POISON_AMOUNT) {
            throw new IllegalStateException("poison");
        }
        counters.merge(event.streamId(), amount, Long::sum);
    }

    long value(final long counter) {
        return counters.getOrDefault(counter, 0L);
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        out.writeInt(counters.size());
        for (final Map.Entry<Long, Long> entry : counters.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    @Override
    public void load(final DataInput in) throws IOException {
        counters.clear();
        for (int left = in.readInt(); left > 0; left--) {
            counters.put(in.readLong(), in.readLong());
        }
    }
}
