package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.CommandView;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Producers on threads of their own; each checks that every command it published gets exactly one outcome, in order. */
class OrderingTest {
    private static final int PRODUCERS = 4;
    private static final int COMMANDS = Integer.getInteger("millrace.test.orderingCommands", 250_000);
    private static final int MANY = 1 << 20;

    @TempDir
    Path directory;

    private EngineConfig config(final StageLayout layout, final int ringSize) {
        return Commands.config(directory, layout).ringSize(ringSize);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldKeepEachProducersOrderAndAnswerOnceWhenTheRingIsFull(final StageLayout layout) throws Exception {
        final long hash;
        final EngineConfig config = config(layout, 64);
        try (Engine engine = Engine.launch(config, new CounterMachine())) {
            final List<Producer> producers = start(engine, COMMANDS);
            for (final Producer producer : producers) {
                producer.join();
                producer.awaitOutcomes();
                assertEquals(COMMANDS, producer.published);
                assertEquals(0, producer.outOfOrder.get());
                assertEquals(COMMANDS, producer.accepted.get());
            }
            Eventually.until("an empty ring", () -> engine.health().commandsInRing() == 0);
            assertEquals((long) PRODUCERS * COMMANDS, engine.health().journaledSequence());
            hash = Commands.get(engine.stateHash());
        }
        assertProducersOrderInJournal(config);
        try (Engine engine = Engine.launch(config, new CounterMachine())) {
            assertEquals(hash, Commands.get(engine.stateHash()));
        }
    }

    private static List<Producer> start(final Engine engine, final int commands) {
        final List<Producer> producers = new ArrayList<>();
        for (int i = 1; i <= PRODUCERS; i++) {
            producers.add(new Producer(engine, i, commands));
        }
        producers.forEach(Thread::start);
        return producers;
    }

    /** Each producer's requests count up from 0 without a gap. Returns how many there are of each. */
    private static long[] assertProducersOrderInJournal(final EngineConfig config) {
        final long[] next = new long[PRODUCERS + 1];
        Journal.open(config.journal(), new JournalHandler() {
                    @Override
                    public void onCommand(final CommandView command) {
                        assertEquals(next[(int) command.clientId()]++, command.requestId());
                    }

                    @Override
                    public void onEvent(final EventView event) {
                        assertTrue(event.streamId() > 0);
                    }
                })
                .close();
        return next;
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldAnswerAllThatWasPublishedWhenClosedMeanwhile(final StageLayout layout) throws Exception {
        for (int round = 0; round < 5; round++) {
            final EngineConfig config =
                    Commands.config(directory.resolve("round-" + round), layout).ringSize(16 << round);
            final Engine engine = Engine.launch(config, new CounterMachine());
            final List<Producer> producers = start(engine, MANY);
            Eventually.until("some progress", () -> engine.health().journaledSequence() > 5000);

            engine.close();

            for (final Producer producer : producers) {
                producer.join();
                assertEquals(PublishResult.CLOSED, producer.lastResult);
                assertEquals(producer.published, producer.answered.get());
                assertEquals(producer.published, producer.accepted.get());
                assertEquals(0, producer.outOfOrder.get());
            }
            final long[] journaled = assertProducersOrderInJournal(config);
            producers.forEach(producer -> assertEquals(producer.published, journaled[producer.client]));
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldAnswerAllThatWasPublishedWhenFailingMeanwhile(final StageLayout layout) throws Exception {
        for (int round = 0; round < 10; round++) {
            final EngineConfig config =
                    Commands.config(directory.resolve("round-" + round), layout).ringSize(2 << round);
            final Engine engine = Engine.launch(config, new CounterMachine());
            final List<Producer> producers = start(engine, MANY);
            Eventually.until("some progress", () -> engine.health().journaledSequence() > 1000);

            final Publisher poisoner = engine.newPublisher();
            final UnsafeBuffer poison = Commands.payload(1, CounterMachine.POISON_AMOUNT);
            Eventually.until(
                    "room",
                    () -> poisoner.offer(CounterMachine.ADD, 0, Durability.JOURNALED, poison, 0, Commands.LENGTH) >= 0);

            for (final Producer producer : producers) {
                producer.join();
                assertEquals(PublishResult.FAILED, producer.lastResult);
                producer.awaitOutcomes();
            }
            assertThrows(EngineFailedException.class, engine::close);
            final long[] journaled = assertProducersOrderInJournal(config);
            producers.forEach(producer -> producer.assertAnswersFit(journaled[producer.client]));
        }
    }

    /** Publishes until it is done or refused. */
    private static final class Producer extends Thread {
        private final Publisher publisher;
        private final int client;
        private final int commands;
        private final AtomicIntegerArray answers;
        private final AtomicLong answered = new AtomicLong();
        private final AtomicLong accepted = new AtomicLong();
        private final AtomicLong outOfOrder = new AtomicLong();
        private final AtomicLong failedFrom = new AtomicLong(Long.MAX_VALUE);
        private long lastJournaled = -1;
        private long lastSynced = -1;
        private volatile long published;
        private volatile long lastResult;

        private Producer(final Engine engine, final int client, final int commands) {
            super("producer-" + client);
            this.client = client;
            this.commands = commands;
            answers = new AtomicIntegerArray(commands);
            publisher = engine.newPublisher(client, this::onOutcome);
        }

        private static boolean synced(final long request) {
            return request % 1000 == 999;
        }

        @Override
        public void run() {
            final UnsafeBuffer payload = Commands.payload(client, 1);
            for (int request = 0; request < commands; request++) {
                payload.putLong(0, 1 + request % 100);
                payload.putLong(Long.BYTES, request);
                final Durability durability = synced(request) ? Durability.SYNCED : Durability.JOURNALED;
                long result = PublishResult.BACK_PRESSURED;
                while (result == PublishResult.BACK_PRESSURED) {
                    result = publisher.offer(CounterMachine.ADD, request, durability, payload, 0, Commands.LENGTH);
                    if (result == PublishResult.BACK_PRESSURED) {
                        Thread.yield();
                    }
                }
                lastResult = result;
                if (result < 0) {
                    return;
                }
                published = request + 1;
            }
        }

        private void onOutcome(final OutcomeView outcome) {
            final long request = outcome.requestId();
            answers.incrementAndGet((int) request);
            if (outcome.status() != OutcomeStatus.ACCEPTED) {
                if (outcome.status() == OutcomeStatus.FAILED) {
                    failedFrom.accumulateAndGet(request, Math::min);
                }
            } else if (synced(request)) {
                accepted.incrementAndGet();
                countDisorder(lastSynced, request, outcome.level() == Durability.SYNCED);
                lastSynced = request;
            } else {
                accepted.incrementAndGet();
                countDisorder(lastJournaled, request, outcome.level() == Durability.JOURNALED);
                lastJournaled = request;
            }
            answered.incrementAndGet();
        }

        private void countDisorder(final long last, final long request, final boolean levelReached) {
            if (request <= last || !levelReached) {
                outOfOrder.incrementAndGet();
            }
        }

        private void awaitOutcomes() throws Exception {
            Eventually.until(
                    () -> "all outcomes of producer " + client + ": published=" + published + ", answered=" + answered
                            + ", lastJournaled=" + lastJournaled + ", lastSynced=" + lastSynced,
                    () -> answered.get() >= published);
        }

        /** One outcome for each command; accepted ones are journaled, failed ones are not. */
        private void assertAnswersFit(final long journaled) {
            assertEquals(published, answered.get());
            assertEquals(0, outOfOrder.get());
            assertTrue(lastJournaled < journaled, () -> "accepted " + lastJournaled + " of " + journaled);
            assertTrue(failedFrom.get() >= journaled, () -> "failed " + failedFrom + " of " + journaled);
            for (int request = 0; request < published; request++) {
                assertEquals(1, answers.get(request), "outcomes of request " + request);
            }
        }
    }
}
