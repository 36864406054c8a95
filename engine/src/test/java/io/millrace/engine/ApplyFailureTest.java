package io.millrace.engine;

import static io.millrace.engine.Commands.get;
import static io.millrace.engine.Commands.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApplyFailureTest {
    private static final int BEFORE = 20;
    private static final int AFTER = 10;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldStopAtTheSequenceAndAnswerEverybodyOnceWhenApplyThrows(final StageLayout layout) throws Exception {
        final HoldingMachine machine = new HoldingMachine();
        final EngineConfig config = Commands.config(directory, layout);
        final Engine engine = Engine.launch(config, machine);
        final Outcomes outcomes = new Outcomes();
        final Publisher publisher = engine.newPublisher(1, outcomes);

        offer(publisher, HoldingMachine.HOLD, 0);
        machine.awaitHeld();
        LongStream.rangeClosed(1, BEFORE).forEach(request -> offer(publisher, CounterMachine.ADD, request));
        poison(publisher, BEFORE + 1);
        LongStream.rangeClosed(BEFORE + 2, BEFORE + 1 + AFTER)
                .forEach(request -> offer(publisher, CounterMachine.ADD, request));
        final var question = engine.stateHash();
        machine.release();
        outcomes.await(BEFORE + AFTER + 2);

        final ApplyFailedException failure =
                assertInstanceOf(ApplyFailedException.class, engine.health().failure());
        assertEquals(BEFORE + 1, failure.sequence());
        assertTrue(failure.getMessage().contains("sequence=" + (BEFORE + 1)), failure::getMessage);
        assertThrows(Exception.class, () -> get(question));
        assertEquals(PublishResult.FAILED, offer(publisher, CounterMachine.ADD, 99));
        assertSame(
                failure,
                assertThrows(EngineFailedException.class, engine::close).getCause());
        for (long request = BEFORE + 1; request <= BEFORE + 1 + AFTER; request++) {
            assertEquals(OutcomeStatus.FAILED, outcomes.of(request).status());
        }
        assertOnlyAcknowledgedOrUnknownAreJournaled(config, outcomes);
    }

    /** Accepted commands are there, failed ones are not, and what is there is a prefix. */
    private static void assertOnlyAcknowledgedOrUnknownAreJournaled(
            final EngineConfig config, final Outcomes outcomes) {
        final List<Long> journaled = JournalContent.of(config.journal()).stream()
                .map(JournalContent.Entry::requestId)
                .toList();
        assertEquals(LongStream.range(0, journaled.size()).boxed().toList(), journaled);
        for (final Outcome outcome : outcomes.all()) {
            if (outcome.status() != OutcomeStatus.UNKNOWN) {
                assertEquals(outcome.accepted(), journaled.contains(outcome.requestId()), outcome::toString);
            }
        }
        try (Engine engine = Engine.launch(config, new CounterMachine())) {
            assertEquals(Math.max(0, journaled.size() - 1), engine.recoveredEvents());
        }
    }

    private static void poison(final Publisher publisher, final long request) {
        publisher.offer(
                CounterMachine.ADD,
                request,
                Durability.JOURNALED,
                Commands.payload(1, CounterMachine.POISON_AMOUNT),
                0,
                Commands.LENGTH);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRefuseToLaunchAndReleaseTheDirectoryWhenApplyThrowsInReplay(final StageLayout layout) throws Exception {
        final EngineConfig config = Commands.config(directory, layout);
        try (Engine engine = Engine.launch(config, new CounterMachine())) {
            final Publisher publisher = engine.newPublisher();
            for (int request = 1; request <= 5; request++) {
                get(Commands.submit(publisher, CounterMachine.ADD, request));
            }
        }

        final ApplyFailedException failure =
                assertThrows(ApplyFailedException.class, () -> Engine.launch(config, new StatelessMachine(4)));

        assertEquals(4, failure.sequence());
        try (Engine engine = Engine.launch(config, new CounterMachine())) {
            assertEquals(5, engine.recoveredEvents());
        }
    }
}
