package io.millrace.engine;

import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Emits events of the lengths that the command lists, and a result of the length that it names first. The state is a
 * running hash of all that was applied.
 */
public final class ShapeMachine implements StateMachine {
    public static final int EMIT = 1;
    public static final int CLAIM = 2;
    public static final int REJECT = 3;

    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[1 << 20]);
    private long state = 1;

    /** A command's payload. */
    public static UnsafeBuffer command(final int resultLength, final int... eventLengths) {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[(1 + eventLengths.length) * Integer.BYTES]);
        payload.putInt(0, resultLength);
        for (int i = 0; i < eventLengths.length; i++) {
            payload.putInt((i + 1) * Integer.BYTES, eventLengths[i]);
        }
        return payload;
    }

    @Override
    public void decide(final Command command, final Decision decision) {
        final DirectBuffer payload = command.buffer();
        final int end = command.offset() + command.length();
        int number = 0;
        for (int offset = command.offset() + Integer.BYTES; offset < end; offset += Integer.BYTES) {
            emit(command, decision, payload.getInt(offset), number++);
        }
        final int resultLength = payload.getInt(command.offset());
        bytes.setMemory(0, resultLength, fill(command.requestId(), -1));
        decision.result(bytes, 0, resultLength);
        if (command.typeId() == REJECT) {
            decision.reject(1);
        }
    }

    private void emit(final Command command, final Decision decision, final int length, final int number) {
        final byte fill = fill(command.requestId(), number);
        final long stream = command.requestId() % 7;
        if (command.typeId() == CLAIM) {
            final int offset = decision.claim(1 + number % 3, number, stream, length);
            decision.buffer().setMemory(offset, length, fill);
        } else {
            bytes.setMemory(0, length, fill);
            decision.emit(1 + number % 3, number, stream, bytes, 0, length);
        }
    }

    /** What an event's payload or a command's result (number -1) is filled with. */
    public static byte fill(final long request, final int number) {
        return (byte) (request * 31 + number * 7);
    }

    @Override
    public void apply(final EventView event) {
        state = state * 31 + event.streamId() * 17 + event.typeId();
        state = state * 31 + event.length() * 3L + event.buffer().getByte(event.offset() + event.length() - 1);
        state = state * 31 + event.streamVersion() + event.sequence();
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        out.writeLong(state);
    }

    @Override
    public void load(final DataInput in) throws IOException {
        state = in.readLong();
    }
}
