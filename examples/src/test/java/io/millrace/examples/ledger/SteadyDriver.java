package io.millrace.examples.ledger;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.internal.StreamHeads;
import io.millrace.projections.Projection;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Drives a machine and a projection without allocating, so that what they allocate can be told. */
final class SteadyDriver implements Command {
    private static final int RECORD_BYTES = 1 << 20;

    private final StateMachine machine;
    private final Projection projection;
    private final CommandEncoder encoder;
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RECORD_BYTES]);
    private final EventView event = new EventView();
    private final Verdict decision = new Verdict();
    private int typeId;
    private DirectBuffer payload;
    private int length;
    private boolean accepted;
    private int code;
    private long timestampNs = 1;

    SteadyDriver(final StateMachine machine, final Projection projection) {
        this.machine = machine;
        this.projection = projection;
        final JournalConfig config = JournalConfig.at(Path.of("unused"));
        encoder = new CommandEncoder(config, new StreamHeads(config.expectedStreams(), config.denseStreams()), 1);
    }

    /** Goes on where another has stopped. */
    SteadyDriver(final StateMachine machine, final Projection projection, final SteadyDriver before) {
        this.machine = machine;
        this.projection = projection;
        encoder = before.encoder;
        timestampNs = before.timestampNs;
    }

    /** Decides and applies a command, and tells whether it was accepted. */
    boolean submit(final int type, final DirectBuffer buffer, final int bytes) {
        typeId = type;
        payload = buffer;
        length = bytes;
        accepted = true;
        code = 0;
        timestampNs++;
        final long firstSequence = encoder.nextSequence();
        encoder.begin(record, 0, RECORD_BYTES);
        machine.decide(this, decision);
        if (!accepted) {
            encoder.discardEvents();
        }
        encoder.end(0, 0, accepted, code, Durability.JOURNALED, 0);
        int offset = encoder.eventsOffset();
        for (int i = 0; i < encoder.eventCount(); i++) {
            event.wrap(record, offset, firstSequence + i, timestampNs);
            machine.apply(event);
            projection.onEvent(event);
            offset += JournalFormat.align(
                    record.getInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, JournalFormat.BYTE_ORDER));
        }
        return accepted;
    }

    /** Code of the last command. */
    int code() {
        return code;
    }

    @Override
    public int typeId() {
        return typeId;
    }

    @Override
    public long clientId() {
        return 0;
    }

    @Override
    public long requestId() {
        return 0;
    }

    @Override
    public long timestampNs() {
        return timestampNs;
    }

    @Override
    public long nextSequence() {
        return encoder.nextSequence();
    }

    @Override
    public DirectBuffer buffer() {
        return payload;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return length;
    }

    private final class Verdict implements Decision {
        @Override
        public void emit(
                final int type,
                final int version,
                final long streamId,
                final DirectBuffer source,
                final int at,
                final int bytes) {
            record.putBytes(claim(type, version, streamId, bytes), source, at, bytes);
        }

        @Override
        public int claim(final int type, final int version, final long streamId, final int bytes) {
            return encoder.claimEvent(type, version, streamId, bytes);
        }

        @Override
        public MutableDirectBuffer buffer() {
            return record;
        }

        @Override
        public void result(final DirectBuffer source, final int at, final int bytes) {
            encoder.result(source, at, bytes);
        }

        @Override
        public void accept(final int userCode) {
            accepted = true;
            code = userCode;
        }

        @Override
        public void reject(final int userCode) {
            accepted = false;
            code = userCode;
        }
    }
}
