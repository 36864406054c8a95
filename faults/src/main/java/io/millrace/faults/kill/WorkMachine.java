package io.millrace.faults.kill;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Model and machine in one: each client's requests are numbered from 1 and taken only in that order, and everything about
 * a command, how many events it has and every byte of them, follows from client and number. So live and in replay every
 * event is checked for being the next one, and the state is two numbers a client.
 *
 * <pre>
 *   0           8            16      20                      a command and each of its events
 *  +-----------+------------+-------+----------------------+
 *  | client id | request id | part  | filler               |
 *  +-----------+------------+-------+----------------------+
 * </pre>
 */
public final class WorkMachine implements StateMachine {
    static final int TYPE = 1;
    static final int MAX_LENGTH = 1024;

    /** Rejected: not the client's next request. */
    static final int OUT_OF_ORDER = 1;

    private static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int CLIENT_OFFSET = 0;
    private static final int REQUEST_OFFSET = 8;
    private static final int PART_OFFSET = 16;
    private static final int FILLER_OFFSET = 20;
    private static final int MAX_PARTS = 4;

    private final long[] requests = new long[AckFile.CLIENTS + 1];
    private final int[] partsLeft = new int[AckFile.CLIENTS + 1];
    private final long[] events = new long[AckFile.CLIENTS + 1];
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[MAX_LENGTH]);

    /** Writes a request. Returns its length. */
    static int encode(final long client, final long request, final int part, final MutableDirectBuffer target) {
        final int length =
                FILLER_OFFSET + (int) Long.remainderUnsigned(mix(client, request), MAX_LENGTH - FILLER_OFFSET) / 2;
        target.putLong(CLIENT_OFFSET, client, BYTE_ORDER);
        target.putLong(REQUEST_OFFSET, request, BYTE_ORDER);
        target.putInt(PART_OFFSET, part, BYTE_ORDER);
        for (int offset = FILLER_OFFSET; offset < length; offset++) {
            target.putByte(offset, filler(client, request, part, offset));
        }
        return length;
    }

    private static byte filler(final long client, final long request, final int part, final int offset) {
        return (byte) (mix(client, request) >>> (offset & 31) ^ offset ^ part);
    }

    private static long mix(final long client, final long request) {
        final long mixed = (request * 31 + client) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 29;
    }

    /** How many events a request has, one or more. */
    private static int parts(final long client, final long request) {
        return 1 + (int) Long.remainderUnsigned(mix(client, request) >>> 7, MAX_PARTS);
    }

    /** Number of the client's last request that was accepted. */
    public long lastRequest(final int client) {
        return requests[client];
    }

    /** Whether each command's events are all there. */
    public boolean isWhole() {
        for (final int left : partsLeft) {
            if (left != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void decide(final Command command, final Decision decision) {
        final int client = (int) command.clientId();
        final long request = command.requestId();
        if (request != requests[client] + 1) {
            decision.reject(OUT_OF_ORDER);
            return;
        }
        for (int part = 0; part < parts(client, request); part++) {
            decision.emit(TYPE, 1, client, event, 0, encode(client, request, part, event));
        }
    }

    @Override
    public void apply(final EventView view) {
        final int client = (int) view.streamId();
        if (events[client] == 0 && view.streamVersion() > 1) {
            beginAt(view, client);
        } else if (partsLeft[client] == 0) {
            requests[client]++;
            partsLeft[client] = parts(client, requests[client]);
        }
        final long request = requests[client];
        final int part = parts(client, request) - partsLeft[client];
        final int length = encode(client, request, part, event);
        events[client]++;
        partsLeft[client]--;
        if (view.length() != length
                || view.typeId() != TYPE
                || view.streamVersion() != events[client]
                || !isSame(view, length)) {
            throw new IllegalStateException("event must be the next of its client: client=" + client + ", request="
                    + request + ", part=" + part + ", event=" + view);
        }
    }

    /** Retention deleted what was before; that it took no more than it may is for the journal to show. */
    private void beginAt(final EventView view, final int client) {
        events[client] = view.streamVersion() - 1;
        requests[client] = view.buffer().getLong(view.offset() + REQUEST_OFFSET, BYTE_ORDER);
        partsLeft[client] =
                parts(client, requests[client]) - view.buffer().getInt(view.offset() + PART_OFFSET, BYTE_ORDER);
    }

    private boolean isSame(final EventView view, final int length) {
        for (int i = 0; i < length; i++) {
            if (view.buffer().getByte(view.offset() + i) != event.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        for (int client = 1; client <= AckFile.CLIENTS; client++) {
            out.writeLong(requests[client]);
            out.writeLong(events[client]);
            out.writeInt(partsLeft[client]);
        }
    }

    @Override
    public void load(final DataInput in) throws IOException {
        for (int client = 1; client <= AckFile.CLIENTS; client++) {
            requests[client] = in.readLong();
            events[client] = in.readLong();
            partsLeft[client] = in.readInt();
        }
    }
}
