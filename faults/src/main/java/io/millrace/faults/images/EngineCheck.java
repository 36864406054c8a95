package io.millrace.faults.images;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.EngineFailedException;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.StateMachine;
import io.millrace.faults.kill.Verdict;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalConfig;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;

/** Opens an image by the real engine, which must take a command and have it synced. */
final class EngineCheck {
    private static final int RING_SIZE = 8;

    /** Half of it must hold what the engine may have decided and not yet journaled. */
    private static final int RESERVE_BYTES = 3 << 20;

    private static final int PAYLOAD_BYTES = 8;
    private static final long CLIENT_ID = 99;
    private static final long LIMIT_S = 10;

    private final JournalConfig config;
    private final Function<Contents, Verdict> judge;

    EngineCheck(final JournalConfig config, final Function<Contents, Verdict> judge) {
        this.config = config;
        this.judge = judge;
    }

    /** Applies nothing, and emits one event for a command. */
    private static final class Counter implements StateMachine {
        private long events;

        @Override
        public void decide(final Command command, final Decision decision) {
            decision.claim(1, 1, 1, PAYLOAD_BYTES);
            decision.accept(0);
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

    Verdict run() {
        final EngineConfig engineConfig =
                EngineConfig.with(config.reserveBytes(RESERVE_BYTES)).ringSize(RING_SIZE);
        final Contents first;
        try (Engine engine = Engine.launch(engineConfig, new Counter())) {
            first = Contents.of(engine.journal());
            final Verdict verdict = judge.apply(first);
            if (!verdict.isGood()) {
                return verdict;
            }
            final OutcomeStatus status = engine.newPublisher(CLIENT_ID, outcome -> {})
                    .submit(1, 1, Durability.SYNCED, new UnsafeBuffer(new byte[PAYLOAD_BYTES]), 0, PAYLOAD_BYTES)
                    .get(LIMIT_S, TimeUnit.SECONDS)
                    .status();
            if (status != OutcomeStatus.ACCEPTED) {
                return new Verdict(Verdict.Kind.SILENT, "the engine must take a command: " + status);
            }
        } catch (final EngineFailedException e) {
            return new Verdict(Verdict.Kind.REFUSED, "by the engine: " + e);
        } catch (final TimeoutException e) {
            return new Verdict(Verdict.Kind.HUNG, "the engine must answer");
        } catch (final InterruptedException | ExecutionException e) {
            return new Verdict(Verdict.Kind.SILENT, "the engine must answer: " + e);
        }
        try (Engine engine = Engine.launch(engineConfig, new Counter())) {
            return first.isStartOf(Contents.of(engine.journal()))
                    ? Verdict.recovered()
                    : new Verdict(Verdict.Kind.SILENT, "the engine must find again what it journaled");
        }
    }
}
