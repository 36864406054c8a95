package io.millrace.benchmarks;

import io.millrace.benchmarks.rig.OutcomeCount;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.examples.ledger.AccountBalances;
import io.millrace.examples.ledger.LedgerMachine;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalReader;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import io.millrace.projections.ProjectionsConfig;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** The engine as a user launches it. */
final class MillraceContender implements Contender {
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(10);

    @Override
    public Live run(final Path directory, final Settings settings) throws Exception {
        try (Engine engine = Engine.launch(
                        config(directory, settings), settings.scenario().newMachine(settings.commands()));
                Projections projections = Projections.of(engine, projections(settings))) {
            final ProjectionHandle<AccountBalances> balances =
                    projections.start(settings.scenario().newReadModel(), settings.millraceReadSide());
            final Producer producer = new Producer(engine, settings);
            producer.openAccounts();
            producer.await(balances);
            final Usage before = Usage.now();
            final long startNs = System.nanoTime();
            producer.transfer();
            producer.await(balances);
            final long elapsedNs = System.nanoTime() - startNs;
            final Usage usage = Usage.now().since(before);
            return new Live(elapsedNs, usage, answer(engine, settings.scenario(), producer, balances));
        }
    }

    static EngineConfig config(final Path directory, final Settings settings) {
        final EngineConfig config = EngineConfig.at(directory)
                .ringSize(settings.ringSize())
                .maxCommandBytes(LedgerScenario.MAX_COMMAND_BYTES)
                .maxBatchCommands(settings.maxBatchCommands())
                .layout(settings.layout())
                .waitStrategy(settings.stageWait()::disruptor);
        config.journal()
                .blockSizeBytes(settings.blockSizeBytes())
                .touchAheadBytes(settings.touchAheadBytes())
                .eventTypes(LedgerScenario.eventTypes())
                .expectedStreams(settings.scenario().accounts());
        return config;
    }

    private static ProjectionsConfig projections(final Settings settings) {
        return new ProjectionsConfig().idleStrategy(settings.stageWait()::idle).ringLagBudget(settings.ringSize() - 1);
    }

    private static Answer answer(
            final Engine engine,
            final LedgerScenario scenario,
            final Producer producer,
            final ProjectionHandle<AccountBalances> balances)
            throws Exception {
        final long stateHash = engine.inspect(machine -> scenario.hash((LedgerMachine) machine))
                .get();
        return new Answer(
                producer.accepted(), countEvents(engine), stateHash, balances.query(model -> scenario.hash(model)));
    }

    private static long countEvents(final Engine engine) {
        final long[] events = new long[1];
        try (JournalReader reader = engine.journal().newReader(1)) {
            while (reader.nextSequence() <= engine.journal().journaledSequence()) {
                reader.poll(event -> events[0]++, 1024);
            }
        }
        return events[0];
    }

    @Override
    public Replay replay(final Path directory, final Settings settings) throws Exception {
        final LedgerMachine machine = settings.scenario().newMachine(settings.commands());
        final long startNs = System.nanoTime();
        try (Engine engine = Engine.launch(config(directory, settings), machine)) {
            final long elapsedNs = System.nanoTime() - startNs;
            final long stateHash = engine.inspect(state -> settings.scenario().hash((LedgerMachine) state))
                    .get();
            return new Replay(elapsedNs, engine.recoveredEvents(), stateHash);
        }
    }

    /** Publishes. */
    private static final class Producer {
        private final LedgerScenario.Workload workload;
        private final UnsafeBuffer command = new UnsafeBuffer(new byte[LedgerScenario.MAX_COMMAND_BYTES]);
        private final OutcomeCount outcomes = new OutcomeCount();
        private final Engine engine;
        private final Publisher publisher;
        private final Settings settings;
        private long published;

        Producer(final Engine engine, final Settings settings) {
            this.engine = engine;
            this.settings = settings;
            workload = settings.scenario().newWorkload();
            publisher = engine.newPublisher(0, outcomes);
        }

        void openAccounts() {
            publish(workload.openingCommands());
        }

        void transfer() {
            publish(settings.commands());
        }

        private void publish(final long commands) {
            final IdleStrategy idle = settings.producerWait().idle();
            for (long i = 0; i < commands; i++) {
                final int length = workload.next(command);
                long result = offer(length);
                while (result < 0) {
                    requireBackPressure(result);
                    idle.idle();
                    result = offer(length);
                }
                idle.reset();
                published++;
            }
        }

        private long offer(final int length) {
            return publisher.offer(workload.typeId(), published, Durability.JOURNALED, command, 0, length);
        }

        private static void requireBackPressure(final long result) {
            if (result != PublishResult.BACK_PRESSURED) {
                throw new IllegalStateException("command must be published: " + PublishResult.name(result));
            }
        }

        /** Waits for the outcomes of all that was published, and for the read model. */
        void await(final ProjectionHandle<AccountBalances> balances) throws InterruptedException {
            while (outcomes.received() < published) {
                Thread.yield();
            }
            if (!balances.awaitSequence(engine.journal().journaledSequence(), PATIENCE_NS)) {
                throw new IllegalStateException("projection must apply all events in time");
            }
        }

        long accepted() {
            return outcomes.accepted();
        }
    }
}
