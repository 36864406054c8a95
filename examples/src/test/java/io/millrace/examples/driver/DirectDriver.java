package io.millrace.examples.driver;

import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeCodes;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.StateMachine;
import io.millrace.journal.CommandEncoder;
import io.millrace.journal.CommandView;
import io.millrace.journal.Durability;
import io.millrace.journal.EventHandler;
import io.millrace.journal.EventView;
import io.millrace.journal.InvalidRecordException;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.internal.StreamHeads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A state machine, run on the calling thread: decides and applies each command as the engine would, with the journal's
 * own encoder, and keeps the command records so that they can be {@linkplain #replay replayed}. The clock is a counter.
 *
 * <pre>{@code
 * DirectDriver driver = new DirectDriver(machine, readModel::onEvent);
 * Outcome outcome = driver.submit(TYPE, payload, 0, length);
 * driver.replay(freshMachine::apply);
 * }</pre>
 */
public final class DirectDriver {
    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final long FIRST_TIMESTAMP_NS = 1_000_000_000L;
    private static final int MAX_TIMESTAMP_STEP_NS = 1_000;

    private final StateMachine machine;
    private final EventHandler[] readers;
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[MAX_RECORD_BYTES]);
    private final DirectDecision decision;
    private final DirectCommand command = new DirectCommand();
    private final CommandEncoder encoder;
    private final List<byte[]> records = new ArrayList<>();
    private final List<long[]> sequencesAndTimestamps = new ArrayList<>();
    private boolean recording = true;
    private long requestId;
    private long timestampNs = FIRST_TIMESTAMP_NS;

    /**
     * A driver with an empty history.
     *
     * @param machine that decides and applies
     * @param readers receive every event behind the machine, as projections do
     */
    public DirectDriver(final StateMachine machine, final EventHandler... readers) {
        this.machine = machine;
        this.readers = readers.clone();
        final JournalConfig config = JournalConfig.at(Path.of("unused"));
        encoder = new CommandEncoder(config, new StreamHeads(config.expectedStreams(), config.denseStreams()), 1);
        decision = new DirectDecision(encoder);
    }

    /** Keeps no records from now on, for long runs that are not replayed. Returns this. */
    public DirectDriver withoutRecords() {
        recording = false;
        records.clear();
        sequencesAndTimestamps.clear();
        return this;
    }

    /** Decides a command of an anonymous client with the next request id. */
    public Outcome submit(final int typeId, final DirectBuffer payload, final int offset, final int length) {
        return submit(0, ++requestId, typeId, payload, offset, length);
    }

    /** Decides a command, applies its events, hands them to the readers, and tells what became of it. */
    public Outcome submit(
            final long clientId,
            final long id,
            final int typeId,
            final DirectBuffer payload,
            final int offset,
            final int length) {
        timestampNs += 1 + Math.floorMod(id, MAX_TIMESTAMP_STEP_NS);
        return run(clientId, id, typeId, payload, offset, length);
    }

    /** Decides a command of an anonymous client at a time of the caller's choice, from which the clock goes on. */
    public Outcome submitAt(
            final long atNs, final int typeId, final DirectBuffer payload, final int offset, final int length) {
        if (atNs < timestampNs && encoder.nextSequence() > 1) {
            throw new IllegalArgumentException("time must not step back: atNs=" + atNs + ", nowNs=" + timestampNs);
        }
        timestampNs = atNs;
        return run(0, ++requestId, typeId, payload, offset, length);
    }

    private Outcome run(
            final long clientId,
            final long id,
            final int typeId,
            final DirectBuffer payload,
            final int offset,
            final int length) {
        final long firstSequence = encoder.nextSequence();
        command.wrap(typeId, clientId, id, timestampNs, firstSequence, payload, offset, length);
        decide();
        final int recordLength =
                encoder.end(clientId, id, decision.accepted(), decision.code(), Durability.JOURNALED, 0);
        final int events = encoder.eventCount();
        if (recording) {
            final byte[] record = new byte[recordLength];
            scratch.getBytes(0, record);
            records.add(record);
            sequencesAndTimestamps.add(new long[] {firstSequence, timestampNs});
        }
        deliver(scratch, firstSequence, timestampNs, machine::apply);
        for (final EventHandler reader : readers) {
            deliver(scratch, firstSequence, timestampNs, reader);
        }
        return outcome(firstSequence, events);
    }

    /** Hands every event so far to a handler, in order, as a replay does. */
    public void replay(final EventHandler handler) {
        if (!recording) {
            throw new IllegalStateException("replay needs the records, which this driver does not keep");
        }
        for (int i = 0; i < records.size(); i++) {
            final long[] sequenceAndTimestamp = sequencesAndTimestamps.get(i);
            deliver(new UnsafeBuffer(records.get(i)), sequenceAndTimestamp[0], sequenceAndTimestamp[1], handler);
        }
    }

    /** Sequence of the newest event, 0 before the first. */
    public long lastSequence() {
        return encoder.nextSequence() - 1;
    }

    /** What {@link StateMachine#save} writes. */
    public static byte[] save(final StateMachine machine) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            machine.save(out);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Has a machine {@linkplain StateMachine#load load} what another saved, and returns it. */
    public static <M extends StateMachine> M load(final M machine, final byte[] saved) {
        final ByteArrayInputStream bytes = new ByteArrayInputStream(saved);
        try {
            machine.load(new DataInputStream(bytes));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.available() > 0) {
            throw new IllegalStateException("load must read all that save wrote: left=" + bytes.available());
        }
        return machine;
    }

    private void decide() {
        encoder.begin(scratch, 0, MAX_RECORD_BYTES);
        decision.begin();
        try {
            machine.decide(command, decision);
            decision.seal();
        } catch (final InvalidRecordException e) {
            decision.refuse(OutcomeCodes.INVALID_DECISION);
        } catch (final RuntimeException e) {
            decision.refuse(OutcomeCodes.DECIDE_FAILED);
        }
    }

    private Outcome outcome(final long firstSequence, final int events) {
        final CommandView view = new CommandView().wrap(scratch, 0, firstSequence, timestampNs);
        final byte[] result = new byte[view.resultLength()];
        scratch.getBytes(view.resultOffset(), result);
        return new Outcome(
                view.clientId(),
                view.requestId(),
                view.accepted() ? OutcomeStatus.ACCEPTED : OutcomeStatus.REJECTED,
                view.code(),
                events == 0 ? 0 : firstSequence,
                events == 0 ? 0 : firstSequence + events - 1,
                Durability.JOURNALED,
                result);
    }

    private static void deliver(
            final DirectBuffer record, final long firstSequence, final long timestampNs, final EventHandler handler) {
        final CommandView view = new CommandView().wrap(record, 0, firstSequence, timestampNs);
        final EventView event = new EventView();
        int offset = view.eventsOffset();
        for (int i = 0; i < view.eventCount(); i++) {
            handler.onEvent(event.wrap(record, offset, firstSequence + i, timestampNs));
            offset += JournalFormat.align(
                    record.getInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, JournalFormat.BYTE_ORDER));
        }
    }
}
