package io.millrace.engine;

import io.millrace.journal.EventView;
import io.millrace.journal.InvalidRecordException;
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
public final class CounterMachine implements StateMachine {
    public static final int ADD = 1;
    public static final int REJECT = 2;
    public static final int THROW = 3;
    public static final int ADD_TWICE = 4;
    public static final int EMIT_THEN_THROW = 5;
    public static final int EMIT_THEN_REJECT = 6;
    public static final int EMIT_EMPTY = 7;
    public static final int EMIT_TOO_MUCH = 8;
    public static final int OVERFLOW_STACK = 9;
    public static final int RESULT_TOO_LONG = 10;
    public static final int EMIT_UNKNOWN_TYPE = 11;
    public static final int HIDE_INVALID_EMIT = 12;
    public static final int RUN_OUT_OF_MEMORY = 13;
    public static final int ACCEPT_WITH_CODE = 14;
    public static final int GIVE_INVALID_CODE = 15;

    public static final int ADDED = 1;
    public static final int ACCEPTED_CODE = 41;
    public static final int REJECTED_CODE = 42;
    public static final long POISON_AMOUNT = Long.MIN_VALUE;

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
            case EMIT_UNKNOWN_TYPE -> decision.emit(ADDED + 1, 0, 1, scratch, 0, Long.BYTES);
            case HIDE_INVALID_EMIT -> hideInvalidEmit(command, decision);
            case RUN_OUT_OF_MEMORY -> throw new OutOfMemoryError("asked to");
            case ACCEPT_WITH_CODE -> decision.accept(ACCEPTED_CODE);
            case GIVE_INVALID_CODE -> decision.accept(OutcomeCodes.MAX_USER_CODE + 1);
            case RESULT_TOO_LONG -> decision.result(new UnsafeBuffer(new byte[70_000]), 0, 70_000);
            default -> decision.reject(1);
        }
    }

    private void hideInvalidEmit(final Command command, final Decision decision) {
        add(command, decision);
        try {
            decision.emit(ADDED, 0, 1, scratch, 0, 0);
        } catch (final InvalidRecordException e) {
            decision.accept(ACCEPTED_CODE);
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

    public long value(final long counter) {
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
