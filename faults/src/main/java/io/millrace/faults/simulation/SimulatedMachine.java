package io.millrace.faults.simulation;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The state machine under simulation: a balance per stream, and a digest of every event in order, its sequence, version
 * and time included, so that no two journals give the same state.
 */
final class SimulatedMachine implements StateMachine {
    /** Has no stack: it is thrown often, and nobody asks where. */
    private static final class AskedTo extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private AskedTo() {
            super("asked to", null, false, false);
        }
    }

    private final int maxCommitBytes;
    private final Map<Long, Long> balances = new TreeMap<>();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[Rules.MAX_RESULT_BYTES]);
    private final EventDigest digest = new EventDigest();

    /** Set by the history, when nothing is on its way, for the next event. */
    private volatile boolean failsNextApply;

    SimulatedMachine(final int maxCommitBytes) {
        this.maxCommitBytes = maxCommitBytes;
    }

    void failNextApply() {
        failsNextApply = true;
    }

    @Override
    public void decide(final Command command, final Decision decision) {
        switch (CommandKind.of(command.typeId())) {
            case ECHO ->
                decision.emit(
                        Rules.EVENT_PLAIN,
                        0,
                        command.requestId() % Rules.STREAMS,
                        command.buffer(),
                        command.offset(),
                        command.length());
            case SPREAD -> spread(command, decision);
            case WITHDRAW -> withdraw(command, decision);
            case EMIT_THEN_REJECT -> {
                decision.emit(Rules.EVENT_PLAIN, 0, 1, scratch, 0, 8);
                decision.result(command.buffer(), command.offset(), command.length());
                decision.reject(Rules.CODE_REJECTED);
            }
            case THROW -> {
                decision.emit(Rules.EVENT_PLAIN, 0, 1, scratch, 0, 8);
                decision.result(scratch, 0, 8);
                throw new AskedTo();
            }
            case FILL -> fill(command, decision);
            case TOO_MUCH -> {
                while (true) {
                    decision.claim(Rules.EVENT_PLAIN, 0, 2, maxCommitBytes / 3);
                }
            }
            case RESULT -> {
                decision.result(command.buffer(), command.offset(), command.length());
                decision.accept(Rules.CODE_ACCEPTED);
            }
        }
    }

    private static void spread(final Command command, final Decision decision) {
        final int events = command.buffer().getByte(command.offset());
        final int length = command.buffer().getByte(command.offset() + 1) & 0xFF;
        for (int event = 0; event < events; event++) {
            final long stream = (length + event) % Rules.STREAMS;
            final int offset = decision.claim(Rules.EVENT_PLAIN, event, stream, length + event);
            for (int i = 0; i < length + event; i++) {
                decision.buffer().putByte(offset + i, Rules.pattern(command.requestId(), event, i));
            }
        }
    }

    private void withdraw(final Command command, final Decision decision) {
        final long stream = command.buffer().getByte(command.offset());
        final long amount = command.buffer().getByte(command.offset() + 1);
        final long balance = balances.getOrDefault(stream, 0L);
        scratch.putLong(0, balance);
        decision.result(scratch, 0, Long.BYTES);
        if (balance < amount) {
            decision.reject(Rules.CODE_SHORT);
            return;
        }
        scratch.putLong(0, amount);
        decision.emit(Rules.EVENT_WITHDRAWN, 1, stream, scratch, 0, Long.BYTES);
    }

    private void fill(final Command command, final Decision decision) {
        final int over = command.buffer().getByte(command.offset());
        final int length = Rules.longestPayload(maxCommitBytes) + over;
        final int offset = decision.claim(Rules.EVENT_PLAIN, 0, Rules.FILL_STREAM, length);
        decision.buffer().setMemory(offset, length, Rules.pattern(command.requestId(), 0, 0));
    }

    @Override
    public void apply(final EventView event) {
        if (failsNextApply) {
            failsNextApply = false;
            throw new AskedTo();
        }
        digest.add(event);
        final long change = event.typeId() == Rules.EVENT_WITHDRAWN
                ? -event.buffer().getLong(event.offset())
                : event.buffer().getByte(event.offset());
        balances.merge(event.streamId(), change, Long::sum);
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        out.writeLong(digest.value());
        for (final Map.Entry<Long, Long> entry : balances.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    @Override
    public void load(final DataInput in) {
        throw new UnsupportedOperationException("the simulation restores by replay only");
    }
}
