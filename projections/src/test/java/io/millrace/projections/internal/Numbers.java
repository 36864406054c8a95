package io.millrace.projections.internal;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** A command is a number; its events are the number and its opposite, so that they add up to nothing. 0 is rejected. */
final class Numbers implements StateMachine {
    static final int TYPE_ID = 1;
    static final int EVENTS = 2;

    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[Long.BYTES]);
    private long events;

    @Override
    public void decide(final Command command, final Decision decision) {
        final long value = command.buffer().getLong(command.offset());
        if (value == 0) {
            decision.reject(1);
            return;
        }
        emit(value, decision);
        emit(-value, decision);
    }

    private void emit(final long value, final Decision decision) {
        scratch.putLong(0, value);
        decision.emit(TYPE_ID, 0, Math.abs(value) % 16, scratch, 0, Long.BYTES);
    }

    @Override
    public void apply(final EventView event) {
        events++;
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        out.writeLong(events);
    }

    @Override
    public void load(final DataInput in) throws IOException {
        events = in.readLong();
    }
}
