package io.millrace.tools.internal.stress;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Takes the commands of each client only in the order of their request ids, without a gap, and checks every event for
 * its client, number, stream version and content, live and in replay. One event a command, on the client's stream.
 *
 * <pre>
 *   0           8            16                    40
 *  +-----------+------------+----------------------+
 *  | client id | request id | filler made of both  |
 *  +-----------+------------+----------------------+
 * </pre>
 */
final class StressMachine implements StateMachine {
    static final int TYPE = 1;
    static final int PAYLOAD_BYTES = 40;

    /** Rejected: not the client's next request. */
    static final int OUT_OF_ORDER = 1;

    private static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int SCHEMA_VERSION = 1;
    private static final int CLIENT_ID_OFFSET = 0;
    private static final int REQUEST_ID_OFFSET = 8;
    private static final int FILLER_OFFSET = 16;

    private final long[] lastRequestIds;

    /** Clients have the ids 1 to this. */
    StressMachine(final int clients) {
        lastRequestIds = new long[clients + 1];
    }

    static void encode(final long clientId, final long requestId, final MutableDirectBuffer target) {
        target.putLong(CLIENT_ID_OFFSET, clientId, BYTE_ORDER);
        target.putLong(REQUEST_ID_OFFSET, requestId, BYTE_ORDER);
        for (int offset = FILLER_OFFSET; offset < PAYLOAD_BYTES; offset += Long.BYTES) {
            target.putLong(offset, filler(clientId, requestId, offset), BYTE_ORDER);
        }
    }

    /** How many requests of a client were accepted; their ids are 1 to this. */
    long lastRequestId(final int clientId) {
        return lastRequestIds[clientId];
    }

    @Override
    public void decide(final Command command, final Decision decision) {
        if (command.requestId() != lastRequestIds[(int) command.clientId()] + 1) {
            decision.reject(OUT_OF_ORDER);
            return;
        }
        decision.emit(TYPE, SCHEMA_VERSION, command.clientId(), command.buffer(), command.offset(), command.length());
    }

    @Override
    public void apply(final EventView event) {
        final long clientId = event.streamId();
        final long requestId = lastRequestIds[(int) clientId] + 1;
        check(event, "type", TYPE, event.typeId());
        check(event, "length", PAYLOAD_BYTES, event.length());
        check(event, "stream version", requestId, event.streamVersion());
        check(event, "client id", clientId, longAt(event, CLIENT_ID_OFFSET));
        check(event, "request id", requestId, longAt(event, REQUEST_ID_OFFSET));
        for (int offset = FILLER_OFFSET; offset < PAYLOAD_BYTES; offset += Long.BYTES) {
            check(event, "filler", filler(clientId, requestId, offset), longAt(event, offset));
        }
        lastRequestIds[(int) clientId] = requestId;
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        for (final long lastRequestId : lastRequestIds) {
            out.writeLong(lastRequestId);
        }
    }

    @Override
    public void load(final DataInput in) throws IOException {
        for (int i = 0; i < lastRequestIds.length; i++) {
            lastRequestIds[i] = in.readLong();
        }
    }

    private static long longAt(final EventView event, final int offset) {
        return event.buffer().getLong(event.offset() + offset, BYTE_ORDER);
    }

    private static long filler(final long clientId, final long requestId, final int offset) {
        final long mixed = (requestId * 31 + clientId + offset) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 29;
    }

    private static void check(final EventView event, final String what, final long expected, final long found) {
        if (expected != found) {
            throw new IllegalStateException(
                    what + " must be as it was written: expected=" + expected + ", found=" + found + ", " + event);
        }
    }
}
