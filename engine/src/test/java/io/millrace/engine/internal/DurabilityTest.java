package io.millrace.engine.internal;

import static io.millrace.engine.Commands.offer;
import static io.millrace.engine.Commands.offerSynced;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Commands;
import io.millrace.engine.CounterMachine;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.EngineFailedException;
import io.millrace.engine.Eventually;
import io.millrace.engine.Health;
import io.millrace.engine.JournalContent;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.Outcomes;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.engine.StageLayout;
import io.millrace.journal.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DurabilityTest {
    @TempDir
    Path directory;

    private final FaultyJournal journal = new FaultyJournal();
    private final Outcomes outcomes = new Outcomes();

    /** Forces happen only when asked for, unless a test says otherwise. */
    private EngineConfig config(final StageLayout layout) {
        return Commands.config(directory, layout).forceIntervalNs(TimeUnit.HOURS.toNanos(1));
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldAnswerSyncedOnlyAfterAForceThatCoversIt(final StageLayout layout) throws Exception {
        final AtomicInteger early = new AtomicInteger();
        try (Engine engine = journal.launch(config(layout), new CounterMachine())) {
            final Publisher publisher = engine.newPublisher(1, outcome -> {
                if (journal.forcedSequence.get() < outcome.lastSequence()) {
                    early.incrementAndGet();
                }
                outcomes.onOutcome(outcome);
            });

            for (int request = 1; request <= 200; request++) {
                offerSynced(publisher, CounterMachine.ADD, request);
                if (request % 7 == 0) {
                    outcomes.await(request);
                }
            }
            outcomes.await(200);
        }
        assertEquals(0, early.get());
        assertEquals(LongStream.rangeClosed(1, 200).boxed().toList(), outcomes.requestIds());
        assertTrue(outcomes.all().stream().allMatch(outcome -> outcome.level() == Durability.SYNCED));
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldGoOnJournalingAndGroupTheWaitingWhileAForceHangs(final StageLayout layout) throws Exception {
        final CountDownLatch forcing = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        journal.onForce = number -> {
            forcing.countDown();
            FaultyJournal.await(released);
        };
        try (Engine engine = journal.launch(config(layout), new CounterMachine())) {
            final Outcomes journaled = new Outcomes();
            final Publisher publisher = engine.newPublisher(1, journaled);
            final Publisher synced = engine.newPublisher(2, outcomes);

            offerSynced(synced, CounterMachine.ADD, 0);
            FaultyJournal.await(forcing);
            for (int request = 1; request <= 1000; request++) {
                offer(publisher, CounterMachine.ADD, request);
                offerSynced(synced, CounterMachine.ADD, request);
            }
            journaled.await(1000);
            assertEquals(List.of(), outcomes.all());
            assertEquals(0, engine.health().syncedSequence());

            released.countDown();
            outcomes.await(1001);
            assertTrue(journal.forces.get() <= 3, () -> "forces: " + journal.forces);
        }
        assertEquals(LongStream.rangeClosed(0, 1000).boxed().toList(), outcomes.requestIds());
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldHoldTheRingWhenFourLapsOfItWaitForAForce(final StageLayout layout) throws Exception {
        final CountDownLatch released = new CountDownLatch(1);
        journal.onForce = number -> FaultyJournal.await(released);
        try (Engine engine = journal.launch(config(layout).ringSize(4), new CounterMachine())) {
            final Publisher publisher = engine.newPublisher(1, outcomes);

            final AtomicInteger published = new AtomicInteger();
            Eventually.until("a full ring, and the waiting outcomes too", () -> {
                if (offerSynced(publisher, CounterMachine.ADD, published.get()) >= 0) {
                    published.incrementAndGet();
                }
                return published.get() >= 16 && engine.health().commandsInRing() == 4;
            });
            assertTrue(published.get() <= 20, () -> "published: " + published);
            assertEquals(List.of(), outcomes.all());

            released.countDown();
            outcomes.await(published.get());
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldAnswerUnknownAndNeverForceAgainWhenAForceFails(final StageLayout layout) throws Exception {
        final CountDownLatch published = new CountDownLatch(1);
        journal.onForce = number -> {
            FaultyJournal.await(published);
            throw FaultyJournal.askedTo();
        };
        final Engine engine = journal.launch(config(layout), new CounterMachine());
        final Publisher publisher = engine.newPublisher(1, outcomes);
        for (int request = 1; request <= 50; request++) {
            offerSynced(publisher, CounterMachine.ADD, request);
        }
        Eventually.until("50 journaled", () -> engine.health().journaledSequence() == 50);
        published.countDown();
        outcomes.await(50);

        assertEquals(Health.State.FAILED, engine.health().state());
        assertEquals(PublishResult.FAILED, offer(publisher, CounterMachine.ADD, 99));
        assertThrows(EngineFailedException.class, engine::close);
        assertEquals(1, journal.forces.get());
        assertEquals(50, outcomes.all().size());
        for (int request = 1; request <= 50; request++) {
            assertEquals(OutcomeStatus.UNKNOWN, outcomes.of(request).status());
            assertEquals(null, outcomes.of(request).level());
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldTellUnknownFromFailedWhenAnAppendFails(final StageLayout layout) throws Exception {
        final CountDownLatch published = new CountDownLatch(1);
        journal.onAppend = number -> {
            FaultyJournal.await(published);
            throw FaultyJournal.askedTo();
        };
        final EngineConfig config = config(layout).maxBatchCommands(4);
        final Engine engine = journal.launch(config, new CounterMachine());
        final Publisher publisher = engine.newPublisher(1, outcomes);
        for (int request = 1; request <= 50; request++) {
            offer(publisher, CounterMachine.ADD, request);
        }
        published.countDown();
        outcomes.await(50);

        assertThrows(EngineFailedException.class, engine::close);
        assertEquals(1, journal.appends.get());
        final long unknown = outcomes.all().stream()
                .filter(outcome -> outcome.status() == OutcomeStatus.UNKNOWN)
                .count();
        assertTrue(unknown >= 1 && unknown <= 4, () -> "unknown: " + unknown);
        for (int request = 1; request <= 50; request++) {
            assertEquals(
                    request <= unknown ? OutcomeStatus.UNKNOWN : OutcomeStatus.FAILED,
                    outcomes.of(request).status());
        }
        assertEquals(List.of(), JournalContent.of(config.journal()));
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldForceAtTheIntervalWhenNobodyAsks(final StageLayout layout) throws Exception {
        final EngineConfig config = config(layout).forceIntervalNs(TimeUnit.MILLISECONDS.toNanos(5));
        try (Engine engine = journal.launch(config, new CounterMachine())) {
            final Publisher publisher = engine.newPublisher(1, outcomes);

            offer(publisher, CounterMachine.ADD, 1);
            Eventually.until("synced", () -> engine.health().syncedSequence() == 1);
            final int forces = journal.forces.get();
            offer(publisher, CounterMachine.REJECT, 2);
            Eventually.until("the rejection forced", () -> journal.forces.get() > forces);
        }
        assertFalse(outcomes.all().stream().anyMatch(outcome -> outcome.level() == Durability.SYNCED));
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldForceWhenClosed(final StageLayout layout) throws Exception {
        final Engine engine = journal.launch(config(layout), new CounterMachine());
        final Publisher publisher = engine.newPublisher(1, outcomes);
        for (int request = 1; request <= 10; request++) {
            offer(publisher, CounterMachine.ADD, request);
        }

        engine.close();

        assertEquals(10, journal.forcedSequence.get());
        assertEquals(10, outcomes.all().size());
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldFailWhenTheForceOfCloseFails(final StageLayout layout) throws Exception {
        journal.onForce = number -> {
            throw FaultyJournal.askedTo();
        };
        final Engine engine = journal.launch(config(layout), new CounterMachine());
        offer(engine.newPublisher(1, outcomes), CounterMachine.ADD, 1);

        assertThrows(EngineFailedException.class, engine::close);

        assertEquals(OutcomeStatus.ACCEPTED, outcomes.of(1).status());
        assertEquals(1, journal.closes.get());
        assertEquals(Health.State.FAILED, engine.health().state());
    }
}
