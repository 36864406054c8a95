package io.millrace.benchmarks;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.OutcomeHandler;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.OutcomeView;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.engine.RingFeed;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** The engine as a user launches it. */
final class MillraceContender implements Contender {
    @Override
    public Live run(final Path directory, final Settings settings) throws Exception {
        try (Engine engine = Engine.launch(config(directory, settings), LedgerScenario.newMachine());
                ReadSide readSide = new ReadSide(engine, settings)) {
            final Outcomes outcomes = new Outcomes();
            final Publisher publisher = engine.newPublisher(0, outcomes);
            readSide.start();
            final long allocatedBefore = Allocation.total();
            final long startNs = System.nanoTime();
            publish(publisher, settings);
            outcomes.await(settings.commands());
            readSide.await(engine.journal().journaledSequence());
            final long elapsedNs = System.nanoTime() - startNs;
            final long allocated = Allocation.total() - allocatedBefore;
            return new Live(elapsedNs, allocated, answer(engine, outcomes, readSide));
        }
    }

    static EngineConfig config(final Path directory, final Settings settings) {
        final EngineConfig config = EngineConfig.at(directory)
                .ringSize(settings.ringSize())
                .maxCommandBytes(LedgerScenario.COMMAND_BYTES)
                .maxBatchCommands(settings.maxBatchCommands())
                .layout(settings.layout())
                .waitStrategy(settings.stageWait()::disruptor);
        config.journal().blockSizeBytes(settings.blockSizeBytes()).expectedStreams(LedgerScenario.ACCOUNTS);
        return config;
    }

    private static void publish(final Publisher publisher, final Settings settings) {
        final LedgerScenario.Workload workload = new LedgerScenario.Workload();
        final UnsafeBuffer command = new UnsafeBuffer(new byte[LedgerScenario.COMMAND_BYTES]);
        final IdleStrategy idle = settings.producerWait().idle();
        for (long i = 0; i < settings.commands(); i++) {
            workload.next(command, i);
            long result = offer(publisher, command, i);
            while (result < 0) {
                requireBackPressure(result);
                idle.idle();
                result = offer(publisher, command, i);
            }
            idle.reset();
        }
    }

    private static long offer(final Publisher publisher, final UnsafeBuffer command, final long requestId) {
        return publisher.offer(
                LedgerScenario.COMMAND_TYPE, requestId, Durability.JOURNALED, command, 0, LedgerScenario.COMMAND_BYTES);
    }

    private static void requireBackPressure(final long result) {
        if (result != PublishResult.BACK_PRESSURED) {
            throw new IllegalStateException("command must be published: " + PublishResult.name(result));
        }
    }

    private static Answer answer(final Engine engine, final Outcomes outcomes, final ReadSide readSide)
            throws Exception {
        final long[] events = new long[1];
        try (JournalReader reader = engine.journal().newReader(1)) {
            while (reader.poll(event -> events[0]++, 1024) > 0) {
                Thread.onSpinWait();
            }
        }
        return new Answer(outcomes.accepted.get(), events[0], engine.stateHash().get(), readSide.model.hash());
    }

    @Override
    public Replay replay(final Path directory, final Settings settings) throws Exception {
        final long startNs = System.nanoTime();
        try (Engine engine = Engine.launch(config(directory, settings), LedgerScenario.newMachine())) {
            final long elapsedNs = System.nanoTime() - startNs;
            return new Replay(
                    elapsedNs, engine.recoveredEvents(), engine.stateHash().get());
        }
    }

    /** Counts outcomes on the engine's thread. */
    private static final class Outcomes implements OutcomeHandler {
        private final AtomicLong received = new AtomicLong();
        private final AtomicLong accepted = new AtomicLong();

        @Override
        public void onOutcome(final OutcomeView outcome) {
            if (outcome.status() == OutcomeStatus.ACCEPTED) {
                accepted.setRelease(accepted.getPlain() + 1);
            }
            received.setRelease(received.getPlain() + 1);
        }

        void await(final long count) {
            while (received.getAcquire() < count) {
                Thread.yield();
            }
        }
    }

    /** A projection on a thread of its own. */
    private static final class ReadSide implements AutoCloseable, JournalHandler {
        private final LedgerScenario.ReadModel model = new LedgerScenario.ReadModel();
        private final AtomicLong applied = new AtomicLong();
        private final Settings settings;
        private final Engine engine;
        private final Thread thread;
        private volatile boolean stopped;
        private volatile Throwable failure;

        ReadSide(final Engine engine, final Settings settings) {
            this.engine = engine;
            this.settings = settings;
            thread = new Thread(this::run, "projection");
        }

        void start() {
            if (settings.millraceReadSide() != Settings.ReadSide.NONE) {
                thread.start();
            }
        }

        private void run() {
            try {
                if (settings.millraceReadSide() == Settings.ReadSide.RING) {
                    try (RingFeed feed = engine.newRingFeed()) {
                        feed.join();
                        poll(() -> feed.poll(this, settings.maxBatchCommands()));
                    }
                } else {
                    try (JournalReader reader = engine.journal().newReader(1)) {
                        poll(() -> reader.poll(this, 16));
                    }
                }
            } catch (final Throwable e) {
                failure = e;
            }
        }

        private void poll(final IntSupplier source) {
            final IdleStrategy idle = settings.stageWait().idle();
            while (!stopped) {
                idle.idle(source.getAsInt());
            }
        }

        @Override
        public void onEvent(final EventView event) {
            model.onEvent(event);
        }

        @Override
        public void onCommitEnd(final long lastSequence) {
            applied.setRelease(lastSequence);
        }

        void await(final long sequence) {
            while (settings.millraceReadSide() != Settings.ReadSide.NONE && applied.getAcquire() < sequence) {
                if (failure != null) {
                    throw new IllegalStateException("projection must not fail", failure);
                }
                Thread.yield();
            }
        }

        @Override
        public void close() {
            stopped = true;
            Joining.join(thread);
        }
    }
}
