package io.millrace.engine.internal;

import static io.millrace.engine.Commands.offer;
import static io.millrace.engine.Commands.offerSynced;
import static io.millrace.engine.Commands.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Commands;
import io.millrace.engine.CounterMachine;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.EngineFailedException;
import io.millrace.engine.Eventually;
import io.millrace.engine.Health;
import io.millrace.engine.HoldingMachine;
import io.millrace.engine.JournalContent;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.Outcomes;
import io.millrace.engine.Publisher;
import io.millrace.engine.StageLayout;
import io.millrace.journal.JournalLockedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClosingTest {
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir
    Path directory;

    private final FaultyJournal journal = new FaultyJournal();
    private final Outcomes outcomes = new Outcomes();

    private EngineConfig config(final StageLayout layout) {
        return Commands.config(directory, layout).forceIntervalNs(TimeUnit.HOURS.toNanos(1));
    }

    private void assertDirectoryIsFree(final StageLayout layout) {
        JournalContent.of(config(layout).journal());
    }

    private static List<Thread> threads(final String names) {
        final Thread[] all = new Thread[Thread.activeCount() + 100];
        return Stream.of(all)
                .limit(Thread.enumerate(all))
                .filter(thread -> thread.getName().matches("millrace-(" + names + ")"))
                .toList();
    }

    private static void awaitNoEngineThreads() throws Exception {
        Eventually.until(
                "no threads of the engine",
                () -> threads("writer|decide|journal|force|undertaker").isEmpty());
    }

    private static <T> FutureTask<T> start(final Callable<T> work) {
        final FutureTask<T> task = new FutureTask<>(work);
        new Thread(task, "closer").start();
        return task;
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldLeaveNoThreadsAndNoLockBehind(final StageLayout layout) throws Exception {
        final Engine engine = Engine.launch(config(layout), new CounterMachine());
        Commands.get(submit(engine.newPublisher(), CounterMachine.ADD, 1));

        engine.close();
        engine.close();

        assertEquals(Health.State.CLOSED, engine.health().state());
        assertFalse(engine.health().healthy());
        assertEquals(1, engine.health().journaledSequence());
        assertEquals(1, engine.health().syncedSequence());
        Eventually.until("no threads of ours", () -> threads(".*").isEmpty());
        assertDirectoryIsFree(layout);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldCloseOnceWhenManyCloseAtTheSameTime(final StageLayout layout) throws Exception {
        final Engine engine = journal.launch(config(layout), new CounterMachine());
        final Publisher publisher = engine.newPublisher(1, outcomes);
        for (int request = 1; request <= 1000; request++) {
            offer(publisher, CounterMachine.ADD, request);
        }
        final List<FutureTask<Health.State>> closers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            closers.add(start(() -> {
                engine.close();
                return engine.health().state();
            }));
        }

        for (final FutureTask<Health.State> closer : closers) {
            assertEquals(Health.State.CLOSED, closer.get());
        }

        assertEquals(1, journal.closes.get());
        assertEquals(1000, outcomes.all().size());
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldThrowOnceAndBeSilentAfterwardsWhenFailed(final StageLayout layout) throws Exception {
        final Engine engine = Engine.launch(config(layout), new CounterMachine());
        Commands.get(submit(engine.newPublisher(), CounterMachine.RUN_OUT_OF_MEMORY, 1));

        final EngineFailedException e = assertThrows(EngineFailedException.class, engine::close);
        engine.close();

        assertInstanceOf(OutOfMemoryError.class, e.getCause());
        assertEquals(Health.State.FAILED, engine.health().state());
        awaitNoEngineThreads();
        assertDirectoryIsFree(layout);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldAnswerForceAndReleaseAllTheSameWhenInterrupted(final StageLayout layout) throws Exception {
        final HoldingMachine machine = new HoldingMachine();
        final Engine engine = journal.launch(config(layout), machine);
        final Publisher publisher = engine.newPublisher(1, outcomes);
        offer(publisher, HoldingMachine.HOLD, 0);
        machine.awaitHeld();
        offer(publisher, CounterMachine.ADD, 1);
        offerSynced(publisher, CounterMachine.ADD, 2);
        final FutureTask<Boolean> closer = start(() -> {
            Thread.currentThread().interrupt();
            engine.close();
            return Thread.interrupted();
        });
        Eventually.until("closing", () -> engine.health().state() == Health.State.CLOSING);

        machine.release();

        assertTrue(closer.get());
        assertEquals(3, outcomes.all().size());
        assertEquals(2, journal.forcedSequence.get());
        awaitNoEngineThreads();
        assertDirectoryIsFree(layout);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRefuseToBeClosedByItsOwnThreads(final StageLayout layout) throws Exception {
        final List<CompletableFuture<Throwable>> refusals =
                List.of(new CompletableFuture<>(), new CompletableFuture<>());
        try (Engine engine = Engine.launch(config(layout), new CounterMachine())) {
            final Publisher publisher = engine.newPublisher(1, outcome -> {
                final int request = (int) outcome.requestId();
                refusals.get(request).complete(assertThrows(IllegalStateException.class, engine::close));
            });

            offer(publisher, CounterMachine.ADD, 0);
            offerSynced(publisher, CounterMachine.ADD, 1);

            for (final CompletableFuture<Throwable> refusal : refusals) {
                assertTrue(Commands.get(refusal).getMessage().contains("thread=millrace-"));
            }
            assertTrue(engine.health().healthy());
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldAnswerTheRestAndReleaseTheDirectoryWhenDecideHangs(final StageLayout layout) throws Exception {
        final HoldingMachine machine = new HoldingMachine();
        final EngineConfig config = config(layout).closeTimeoutNs(SHORT_NS);
        final Engine engine = Engine.launch(config, machine);
        final Publisher publisher = engine.newPublisher(1, outcomes);
        offer(publisher, HoldingMachine.HOLD, 0);
        machine.awaitHeld();
        offer(publisher, CounterMachine.ADD, 1);
        final var question = engine.stateHash();

        assertThrows(EngineFailedException.class, engine::close);

        outcomes.await(2);
        assertEquals(OutcomeStatus.FAILED, outcomes.of(0).status());
        assertEquals(OutcomeStatus.FAILED, outcomes.of(1).status());
        assertThrows(ExecutionException.class, () -> Commands.get(question));
        assertEquals(List.of(), JournalContent.of(config.journal()));
        machine.release();
        awaitNoEngineThreads();
        assertEquals(2, outcomes.all().size());
        assertEquals(List.of(), JournalContent.of(config.journal()));
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldKeepTheJournalOpenWhileAnAppendHangsAndReleaseItLater(final StageLayout layout) throws Exception {
        final CountDownLatch appending = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        journal.onAppend = number -> {
            appending.countDown();
            FaultyJournal.await(released);
        };
        final EngineConfig config = config(layout).closeTimeoutNs(SHORT_NS);
        final Engine engine = journal.launch(config, new CounterMachine());
        offer(engine.newPublisher(1, outcomes), CounterMachine.ADD, 1);
        FaultyJournal.await(appending);

        final EngineFailedException e = assertThrows(EngineFailedException.class, engine::close);

        assertTrue(e.getMessage().contains("appending=true"), e::getMessage);
        outcomes.await(1);
        assertEquals(OutcomeStatus.UNKNOWN, outcomes.of(1).status());
        assertEquals(0, journal.closes.get());
        assertThrows(JournalLockedException.class, () -> Engine.launch(config, new CounterMachine()));
        released.countDown();
        Eventually.until("the append to end", () -> engine.health().journaledSequence() == 1);
        Eventually.until("the stage to end", () -> threads("writer|journal").isEmpty());
        assertThrows(EngineFailedException.class, engine::close);
        engine.close();
        assertEquals(1, outcomes.all().size());
        assertEquals(1, journal.closes.get());
        assertDirectoryIsFree(layout);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldKeepTheJournalOpenWhileAForceHangsAndReleaseItLater(final StageLayout layout) throws Exception {
        final CountDownLatch forcing = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        journal.onForce = number -> {
            forcing.countDown();
            FaultyJournal.await(released);
        };
        final EngineConfig config = config(layout).closeTimeoutNs(SHORT_NS);
        final Engine engine = journal.launch(config, new CounterMachine());
        offerSynced(engine.newPublisher(1, outcomes), CounterMachine.ADD, 1);
        FaultyJournal.await(forcing);

        final EngineFailedException e = assertThrows(EngineFailedException.class, engine::close);

        assertTrue(e.getMessage().contains("forcing=true"), e::getMessage);
        outcomes.await(1);
        assertEquals(OutcomeStatus.UNKNOWN, outcomes.of(1).status());
        assertEquals(0, journal.closes.get());
        released.countDown();
        awaitNoEngineThreads();
        assertThrows(EngineFailedException.class, engine::close);
        assertEquals(1, outcomes.all().size());
        assertDirectoryIsFree(layout);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldNotHangWithTheLastForceAndReleaseTheDirectoryLater(final StageLayout layout) throws Exception {
        final CountDownLatch released = new CountDownLatch(1);
        journal.onClose = () -> FaultyJournal.await(released);
        final EngineConfig config = config(layout).closeTimeoutNs(SHORT_NS);
        final Engine engine = journal.launch(config, new CounterMachine());
        offer(engine.newPublisher(1, outcomes), CounterMachine.ADD, 1);
        outcomes.await(1);

        final EngineFailedException e = assertThrows(EngineFailedException.class, engine::close);

        assertTrue(e.getMessage().contains("close again later"), e::getMessage);
        assertThrows(JournalLockedException.class, () -> Engine.launch(config, new CounterMachine()));
        released.countDown();
        awaitNoEngineThreads();
        assertThrows(EngineFailedException.class, engine::close);
        engine.close();
        assertEquals(1, journal.closes.get());
        assertDirectoryIsFree(layout);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldAnswerTheOthersWhenAHandlerHangs(final StageLayout layout) throws Exception {
        final CountDownLatch released = new CountDownLatch(1);
        final Engine engine = Engine.launch(config(layout).closeTimeoutNs(SHORT_NS), new CounterMachine());
        final Publisher hanging = engine.newPublisher(1, outcome -> {
            outcomes.onOutcome(outcome);
            FaultyJournal.await(released);
        });
        offerSynced(hanging, CounterMachine.ADD, 1);
        outcomes.await(1);
        final Publisher publisher = engine.newPublisher(2, outcomes);
        offerSynced(publisher, CounterMachine.ADD, 2);
        offer(publisher, CounterMachine.ADD, 3);
        outcomes.await(2);

        assertThrows(EngineFailedException.class, engine::close);

        outcomes.await(3);
        assertEquals(OutcomeStatus.ACCEPTED, outcomes.of(1).status());
        assertEquals(OutcomeStatus.UNKNOWN, outcomes.of(2).status());
        assertEquals(OutcomeStatus.ACCEPTED, outcomes.of(3).status());
        released.countDown();
        awaitNoEngineThreads();
        assertEquals(3, outcomes.all().size());
        assertDirectoryIsFree(layout);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldAnswerOnceWhenTheJournalingThreadHangsInAHandler(final StageLayout layout) throws Exception {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final Engine engine = Engine.launch(config(layout).closeTimeoutNs(SHORT_NS), new CounterMachine());
        final Publisher hanging = engine.newPublisher(1, outcome -> {
            outcomes.onOutcome(outcome);
            entered.countDown();
            FaultyJournal.await(released);
        });
        offer(hanging, CounterMachine.ADD, 1);
        FaultyJournal.await(entered);
        offer(engine.newPublisher(2, outcomes), CounterMachine.ADD, 2);

        assertThrows(EngineFailedException.class, engine::close);

        outcomes.await(2);
        assertEquals(OutcomeStatus.FAILED, outcomes.of(2).status());
        released.countDown();
        awaitNoEngineThreads();
        assertEquals(OutcomeStatus.ACCEPTED, outcomes.of(1).status());
        assertEquals(2, outcomes.all().size());
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldStopAndAnswerOnceWhenAHandlerRunsOutOfMemory(final StageLayout layout) throws Exception {
        final Engine engine = Engine.launch(config(layout), new CounterMachine());
        final Publisher publisher = engine.newPublisher(1, outcome -> {
            outcomes.onOutcome(outcome);
            throw new OutOfMemoryError("asked to");
        });
        for (int request = 1; request <= 100; request++) {
            offer(publisher, CounterMachine.ADD, request);
        }

        assertThrows(EngineFailedException.class, engine::close);

        assertEquals(Health.State.FAILED, engine.health().state());
        final long published = outcomes.requestIds().stream().distinct().count();
        assertTrue(published >= 1);
        assertEquals(published, outcomes.all().size());
    }

    @Test
    void shouldReleaseTheDirectoryWhenLaunchingFailsHalfWay() {
        final EngineConfig noStrategy = config(StageLayout.FUSED).waitStrategy(() -> {
            throw new IllegalStateException("asked to");
        });
        final EngineConfig tooMuchMemory =
                config(StageLayout.FUSED).ringSize(1 << 20).maxCommandBytes(1 << 20);
        final EngineConfig tooManyResults = config(StageLayout.FUSED).ringSize(1 << 20);
        tooManyResults.journal().maxResultBytes(60_000);

        for (final EngineConfig config : List.of(noStrategy, tooMuchMemory, tooManyResults)) {
            assertThrows(RuntimeException.class, () -> Engine.launch(config, new CounterMachine()));
            assertEquals(List.of(), threads("writer|decide|journal|force"));
            assertDirectoryIsFree(StageLayout.FUSED);
        }
    }
}
