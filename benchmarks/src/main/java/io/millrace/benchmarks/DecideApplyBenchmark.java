package io.millrace.benchmarks;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The writer's work on a command, without ring and journal: one operation is one command of 64 bytes decided, the record
 * of its one event encoded, and that event applied, in the order in which the engine does it.
 */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecideApplyBenchmark extends ForkedBenchmark {
    /** One for each account. */
    private static final int COMMANDS = CounterTable.ACCOUNTS;

    /** Records in the buffer before it is used from its start again. */
    private static final int RECORDS = 1024;

    private final UnsafeBuffer commands = new UnsafeBuffer(ByteBuffer.allocateDirect(COMMANDS * CounterTable.LENGTH));
    private final UnsafeBuffer records =
            new UnsafeBuffer(ByteBuffer.allocateDirect(RECORDS * CounterJournal.RECORD_BYTES));
    private final CounterSequence sequence = new CounterSequence(CounterTable.ACCOUNTS);
    private final CounterMachine machine = new CounterMachine();
    private final EventView event = new EventView();
    private CounterJournal journal;
    private CommandEncoder encoder;
    private EncodedDecision decision;
    private BufferCommand command;
    private long decided;
    private long applied;

    /** For JMH. */
    public DecideApplyBenchmark() {}

    /**
     * Writes the commands. The journal is there for its encoder, and stays empty.
     *
     * @throws IOException if there is no directory for it
     */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        for (int i = 0; i < COMMANDS; i++) {
            sequence.advance();
            CounterTable.write(commands, i * CounterTable.LENGTH, sequence.account(), sequence.amount());
        }
        journal = new CounterJournal(CounterTable.ACCOUNTS, 1);
        encoder = journal.journal().commandEncoder();
        decision = new EncodedDecision(encoder);
        command = new BufferCommand(commands, journal.journal().nowNs());
    }

    /**
     * Decides and encodes; nothing is applied.
     *
     * @return the sequence of the next event
     */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long decide() {
        for (int i = 0; i < COMMANDS; i++) {
            decide(i);
        }
        decided += COMMANDS;
        return encoder.nextSequence();
    }

    /**
     * Decides, encodes and applies.
     *
     * @return the sequence of the next event
     */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long decideAndApply() {
        for (int i = 0; i < COMMANDS; i++) {
            decide(i);
            machine.apply(
                    event.wrap(records, encoder.eventsOffset(), encoder.nextSequence() - 1, command.timestampNs()));
        }
        decided += COMMANDS;
        applied += COMMANDS;
        return encoder.nextSequence();
    }

    private void decide(final int i) {
        encoder.begin(records, i % RECORDS * CounterJournal.RECORD_BYTES, CounterJournal.RECORD_BYTES);
        decision.begin();
        machine.decide(command.wrap(i, encoder.nextSequence()), decision);
        decision.end(command);
    }

    /** Checks that each command made an event, and each event an addition. */
    @TearDown(Level.Iteration)
    public void check() {
        Require.equal("next sequence", decided + 1, encoder.nextSequence());
        Require.equal("additions", applied, machine.table().additions());
        Require.equal(
                "sum", applied / COMMANDS * sequence.sum(), machine.table().sum());
    }

    /** Removes the journal. */
    @TearDown(Level.Trial)
    public void close() {
        journal.close();
    }

    /** One of the prepared commands. */
    private static final class BufferCommand implements Command {
        private final DirectBuffer commands;
        private final long timestampNs;
        private int index;
        private long nextSequence;

        BufferCommand(final DirectBuffer commands, final long timestampNs) {
            this.commands = commands;
            this.timestampNs = timestampNs;
        }

        BufferCommand wrap(final int commandIndex, final long firstSequence) {
            index = commandIndex;
            nextSequence = firstSequence;
            return this;
        }

        @Override
        public int typeId() {
            return CounterTable.TYPE_ID;
        }

        @Override
        public long clientId() {
            return 0;
        }

        @Override
        public long requestId() {
            return index;
        }

        @Override
        public long timestampNs() {
            return timestampNs;
        }

        @Override
        public long nextSequence() {
            return nextSequence;
        }

        @Override
        public DirectBuffer buffer() {
            return commands;
        }

        @Override
        public int offset() {
            return index * CounterTable.LENGTH;
        }

        @Override
        public int length() {
            return CounterTable.LENGTH;
        }
    }

    /** Goes straight into the command's record, as the engine's does. */
    private static final class EncodedDecision implements Decision {
        private final CommandEncoder encoder;
        private boolean accepted;
        private int code;

        EncodedDecision(final CommandEncoder encoder) {
            this.encoder = encoder;
        }

        void begin() {
            verdict(true, 0);
        }

        void end(final Command command) {
            if (!accepted) {
                encoder.discardEvents();
            }
            encoder.end(command.clientId(), command.requestId(), accepted, code, Durability.JOURNALED, 0);
        }

        @Override
        public void emit(
                final int typeId,
                final int schemaVersion,
                final long streamId,
                final DirectBuffer payload,
                final int offset,
                final int length) {
            final int target = claim(typeId, schemaVersion, streamId, length);
            encoder.buffer().putBytes(target, payload, offset, length);
        }

        @Override
        public int claim(final int typeId, final int schemaVersion, final long streamId, final int length) {
            return encoder.claimEvent(typeId, schemaVersion, streamId, length);
        }

        @Override
        public MutableDirectBuffer buffer() {
            return encoder.buffer();
        }

        @Override
        public void result(final DirectBuffer payload, final int offset, final int length) {
            encoder.result(payload, offset, length);
        }

        @Override
        public void accept(final int userCode) {
            verdict(true, userCode);
        }

        @Override
        public void reject(final int userCode) {
            verdict(false, userCode);
        }

        private void verdict(final boolean acceptance, final int outcomeCode) {
            accepted = acceptance;
            code = outcomeCode;
        }
    }
}
