package io.millrace.projections.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Outcome;
import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionFailedException;
import io.millrace.projections.ProjectionGroup;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.ProjectionStatus;
import io.millrace.projections.ProjectionsClosedException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every projection can rely on, however it is attached, alone on its thread or beside others. */
@ParameterizedClass
@MethodSource("ways")
class ProjectionsTest {
    @Parameter
    Way way;

    @TempDir
    Path directory;

    private EngineFixture fixture;

    record Way(Attachment attachment, boolean shared) {}

    static Stream<Way> ways() {
        return Stream.of(
                new Way(Attachment.TAILING, false),
                new Way(Attachment.TAILING, true),
                new Way(Attachment.RING, false),
                new Way(Attachment.RING, true));
    }

    @BeforeEach
    void launch() {
        fixture = new EngineFixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private ProjectionHandle<Witness> start(final Witness witness) {
        if (!way.shared()) {
            return fixture.projections.start(witness, way.attachment());
        }
        final ProjectionGroup group = fixture.projections.group("shared", way.attachment());
        group.add(new Witness("before"));
        final ProjectionHandle<Witness> handle = group.add(witness);
        group.add(new Witness("behind"));
        group.start();
        return handle;
    }

    private void assertSawAll(final ProjectionHandle<Witness> handle) throws Exception {
        final Witness expected = Witness.of(fixture.engine.journal());
        EngineFixture.await(handle, expected.lastSequence);
        assertEquals(expected.count, handle.query(Witness::count));
        assertEquals(expected.hash, handle.query(Witness::hash));
        assertNull(handle.failure());
    }

    @Test
    void shouldSeeEveryEventOnceInOrderWhenTwoThreadsPublish() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        final Thread beside = fixture.publishBeside(20_000);
        fixture.publish(20_000);
        beside.join();
        fixture.submit(1);
        assertSawAll(handle);
        for (final ProjectionStatus status : fixture.projections.status()) {
            assertNull(status.failure());
        }
    }

    @Test
    void shouldSeeWhatWasJournaledBeforeItWhenStartedLate() throws Exception {
        fixture.publish(5_000);
        fixture.submit(1);
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        assertSawAll(handle);
        fixture.submit(2);
        assertSawAll(handle);
    }

    @Test
    void shouldSeeWhatIsJournaledWhileItCatchesUpWhenStartedUnderLoad() throws Exception {
        fixture.publish(5_000);
        final Thread beside = fixture.publishBeside(20_000);
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        beside.join();
        fixture.submit(1);
        assertSawAll(handle);
    }

    @Test
    void shouldSeeItsOwnWriteWhenItAwaitsIt() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        for (int i = 1; i <= 300; i++) {
            final Outcome outcome = fixture.submit(i);
            EngineFixture.await(handle, outcome.lastSequence());
            assertEquals(outcome.lastSequence(), handle.query(Witness::count));
        }
    }

    @Test
    void shouldReturnFalseWhenTheTimeRunsOut() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        assertFalse(handle.awaitSequence(1, 0));
        assertFalse(handle.awaitSequence(1, TimeUnit.MILLISECONDS.toNanos(2)));
        assertTrue(handle.awaitSequence(0, 0));
    }

    @Test
    void shouldNeverShowHalfOfACommandWhenQueriedUnderLoad() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        final Thread beside = fixture.publishBeside(30_000);
        long queries = 0;
        do {
            assertEquals(0L, handle.query(Witness::sum));
            queries++;
        } while (beside.isAlive() || queries < 1_000);
        fixture.submit(1);
        assertSawAll(handle);
    }

    @Test
    void shouldStopBeforeTheEventWhenItThrows() throws Exception {
        final ProjectionHandle<Witness> healthy = fixture.projections.start(new Witness("healthy"), way.attachment());
        final ProjectionHandle<Witness> failing = start(new Witness("failing", sequence -> {
            if (sequence == 1_001) {
                throw new IllegalArgumentException("cannot take this");
            }
        }));
        fixture.publish(2_000);
        fixture.submit(1);
        assertSawAll(healthy);
        final ProjectionFailedException failure =
                assertThrows(ProjectionFailedException.class, () -> failing.awaitSequence(1_001, Waiting.LIMIT_NS));
        assertEquals("failing", failure.projection());
        assertEquals(1_001, failure.sequence());
        assertEquals("cannot take this", failure.getCause().getMessage());
        assertTrue(failing.awaitSequence(1_000, 0));
        assertEquals(1_000, failing.appliedSequence());
        assertEquals(1_000, failing.query(Witness::count));
        assertEquals(1_001, failing.failure().sequence());
        for (final ProjectionStatus status : fixture.projections.status()) {
            if (!status.name().equals("failing")) {
                Waiting.until(status.name(), () -> lagOf(status.name()) == 0);
            }
        }
    }

    private long lagOf(final String name) {
        return fixture.projections.status().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow()
                .lag();
    }

    @Test
    void shouldEndAWaitWhenItThrows() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("failing", sequence -> {
            throw new IllegalArgumentException("cannot take this");
        }));
        final CompletableFuture<Boolean> wait = awaitBeside(handle, 100);
        fixture.submit(1);
        final ExecutionException thrown =
                assertThrows(ExecutionException.class, () -> wait.get(Waiting.LIMIT_NS, TimeUnit.NANOSECONDS));
        assertEquals(ProjectionFailedException.class, thrown.getCause().getClass());
    }

    @Test
    void shouldEndAWaitWhenClosed() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        final CompletableFuture<Boolean> wait = awaitBeside(handle, 100);
        fixture.projections.close();
        final ExecutionException thrown =
                assertThrows(ExecutionException.class, () -> wait.get(Waiting.LIMIT_NS, TimeUnit.NANOSECONDS));
        assertEquals(ProjectionsClosedException.class, thrown.getCause().getClass());
        assertThrows(ProjectionsClosedException.class, () -> handle.awaitSequence(100, 0));
        assertEquals(0L, handle.query(Witness::count));
        assertThrows(IllegalStateException.class, () -> fixture.projections.start(new Witness("late")));
        fixture.projections.close();
    }

    private static CompletableFuture<Boolean> awaitBeside(final ProjectionHandle<?> handle, final long sequence) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return handle.awaitSequence(sequence, Waiting.LIMIT_NS);
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void shouldGoOnWhenItLeavesItsThreadInterrupted() throws Exception {
        final ProjectionHandle<Witness> handle =
                start(new Witness("witness", sequence -> Thread.currentThread().interrupt()));
        fixture.publish(20_000);
        fixture.submit(1);
        assertSawAll(handle);
        assertTrue(fixture.engine.health().healthy());
    }

    @Test
    void shouldAnswerItselfWhenItAsksWhileItIsFed() throws Exception {
        final AtomicReference<ProjectionHandle<Witness>> self = new AtomicReference<>();
        final AtomicReference<Long> answer = new AtomicReference<>();
        self.set(start(new Witness("witness", sequence -> {
            Waiting.until("handle", () -> self.get() != null);
            answer.set(self.get().query(Witness::count));
        })));
        fixture.submit(1);
        EngineFixture.await(self.get(), Numbers.EVENTS);
        assertEquals(1L, answer.get());
    }

    @Test
    void shouldLetTheQuestionsExceptionThroughWhenItThrows() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        final IllegalArgumentException wrong = new IllegalArgumentException("wrong question");
        assertSame(
                wrong,
                assertThrows(
                        IllegalArgumentException.class,
                        () -> handle.query(witness -> {
                            throw wrong;
                        })));
        fixture.submit(1);
        assertSawAll(handle);
    }

    @Test
    void shouldStopWithoutFailureWhenTheEngineIsClosedFirst() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        fixture.publish(1_000);
        final long last = fixture.submit(1).lastSequence();
        EngineFixture.await(handle, last);
        fixture.engine.close();
        assertThrows(ProjectionsClosedException.class, () -> handle.awaitSequence(last + 1, Waiting.LIMIT_NS));
        assertNull(handle.failure());
        assertEquals(last, handle.query(Witness::count));
    }

    /** Reading goes on while the mapped files are being closed. */
    @Test
    void shouldStopWithOrWithoutFailureWhenTheEngineIsClosedUnderLoad() throws Exception {
        fixture.publish(20_000);
        final long last = fixture.submit(1).lastSequence();
        final CountDownLatch begun = new CountDownLatch(1);
        final ProjectionHandle<Witness> handle = start(new Witness("witness", sequence -> begun.countDown()));
        Waiting.on(begun);
        fixture.engine.close();
        try {
            assertTrue(handle.awaitSequence(last, Waiting.LIMIT_NS));
            assertNull(handle.failure());
        } catch (final ProjectionFailedException e) {
            assertEquals(handle.appliedSequence() + 1, e.sequence());
        }
    }

    @Test
    void shouldNotLetItselfCloseItsRuntime() throws Exception {
        final AtomicBoolean refused = new AtomicBoolean();
        final ProjectionHandle<Witness> handle = start(new Witness("witness", sequence -> {
            assertThrows(IllegalStateException.class, fixture.projections::close);
            refused.set(true);
        }));
        EngineFixture.await(handle, fixture.submit(1).lastSequence());
        assertTrue(refused.get());
    }

    @Test
    void shouldSayHowItIsWhenAskedForItsStatus() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        EngineFixture.await(handle, fixture.submit(1).lastSequence());
        Waiting.until("attachment", () -> handle.attachment() == way.attachment());
        final List<ProjectionStatus> statuses = fixture.projections.status();
        assertEquals(way.shared() ? 3 : 1, statuses.size());
        assertTrue(statuses.contains(new ProjectionStatus(
                "witness",
                way.shared() ? "shared" : "witness",
                way.attachment(),
                way.attachment(),
                Numbers.EVENTS,
                0,
                null)));
    }
}
