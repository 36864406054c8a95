package io.millrace.engine.internal;

import static io.millrace.engine.Commands.offer;
import static io.millrace.engine.Commands.offerSynced;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import io.millrace.journal.JournalDiskFullException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.LangUtil;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the journal throws stops the engine for good, and everybody who waits is answered. */
class JournalErrorsTest {
    private static final int COMMANDS = 50;
    private static final int BATCH = 4;

    @TempDir
    Path directory;

    private final FaultyJournal journal = new FaultyJournal();
    private final Outcomes outcomes = new Outcomes();
    private final CountDownLatch published = new CountDownLatch(1);

    static Stream<Arguments> errors() {
        final List<Supplier<Throwable>> errors = List.of(
                () -> new InternalError("a fault occurred in an unsafe memory access operation"),
                () -> new JournalDiskFullException("asked to", null),
                () -> new OutOfMemoryError("asked to"),
                () -> new StackOverflowError("asked to"),
                () -> new AssertionError("asked to"),
                () -> new Exception("asked to"));
        return Stream.of(StageLayout.values())
                .flatMap(layout -> errors.stream().map(error -> Arguments.of(layout, error.get())));
    }

    private EngineConfig config(final StageLayout layout) {
        return Commands.config(directory, layout)
                .forceIntervalNs(TimeUnit.HOURS.toNanos(1))
                .maxBatchCommands(BATCH);
    }

    private void assertFailed(final Engine engine, final Publisher publisher, final Throwable error) throws Exception {
        outcomes.await(COMMANDS);
        assertEquals(Health.State.FAILED, engine.health().state());
        assertSame(error, engine.health().failure());
        assertFalse(engine.health().healthy());
        assertEquals(PublishResult.FAILED, offer(publisher, CounterMachine.ADD, 99));
        assertSame(
                error, assertThrows(EngineFailedException.class, engine::close).getCause());
        assertEquals(COMMANDS, outcomes.all().size());
        assertEquals(1, journal.closes.get());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void shouldStopAndAnswerAllWhenAnAppendThrows(final StageLayout layout, final Throwable error) throws Exception {
        journal.onAppend = number -> {
            FaultyJournal.await(published);
            LangUtil.rethrowUnchecked(error);
        };
        final EngineConfig config = config(layout);
        final Engine engine = journal.launch(config, new CounterMachine());
        final Publisher publisher = engine.newPublisher(1, outcomes);
        for (int request = 1; request <= COMMANDS; request++) {
            offer(publisher, CounterMachine.ADD, request);
        }
        published.countDown();

        assertFailed(engine, publisher, error);

        assertEquals(1, journal.appends.get());
        final long unknown = outcomes.all().stream()
                .filter(outcome -> outcome.status() == OutcomeStatus.UNKNOWN)
                .count();
        assertTrue(unknown >= 1 && unknown <= BATCH, () -> "unknown: " + unknown);
        for (int request = 1; request <= COMMANDS; request++) {
            assertEquals(
                    request <= unknown ? OutcomeStatus.UNKNOWN : OutcomeStatus.FAILED,
                    outcomes.of(request).status());
        }
        assertEquals(List.of(), JournalContent.of(config.journal()));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void shouldStopAndAnswerUnknownWhenAForceThrows(final StageLayout layout, final Throwable error) throws Exception {
        journal.onForce = number -> {
            FaultyJournal.await(published);
            LangUtil.rethrowUnchecked(error);
        };
        final EngineConfig config = config(layout);
        final Engine engine = journal.launch(config, new CounterMachine());
        final Publisher publisher = engine.newPublisher(1, outcomes);
        for (int request = 1; request <= COMMANDS; request++) {
            offerSynced(publisher, CounterMachine.ADD, request);
        }
        Eventually.until("all journaled", () -> engine.health().journaledSequence() == COMMANDS);
        published.countDown();

        assertFailed(engine, publisher, error);

        assertEquals(1, journal.forces.get());
        assertTrue(outcomes.all().stream().allMatch(outcome -> outcome.status() == OutcomeStatus.UNKNOWN));
        assertEquals(COMMANDS, JournalContent.of(config.journal()).size());
    }
}
