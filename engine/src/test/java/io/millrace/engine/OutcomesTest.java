package io.millrace.engine;

import static io.millrace.engine.Commands.get;
import static io.millrace.engine.Commands.offer;
import static io.millrace.engine.Commands.submit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.Durability;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomesTest {
    private static final int CLIENT = 7;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldTellFirstAndLastEventWhenAccepted(final StageLayout layout) throws Exception {
        try (Engine engine = launch(layout)) {
            final Publisher publisher = engine.newPublisher(CLIENT, outcome -> {});

            final Outcome first = get(submit(publisher, CounterMachine.ADD, 1));
            final Outcome second = get(submit(publisher, CounterMachine.ADD_TWICE, 2));
            final Outcome none = get(submit(publisher, CounterMachine.ACCEPT_WITH_CODE, 3));
            final Outcome next = get(submit(publisher, CounterMachine.ADD, 11));

            assertEquals(accepted(1, 0, 1, 1, 0), first);
            assertEquals(accepted(2, 0, 2, 3, 0), second);
            assertEquals(
                    new Outcome(
                            CLIENT,
                            3,
                            OutcomeStatus.ACCEPTED,
                            CounterMachine.ACCEPTED_CODE,
                            0,
                            0,
                            Durability.JOURNALED,
                            new byte[0]),
                    none);
            assertEquals(accepted(11, 0, 4, 4, 1), next);
            assertTrue(next.accepted());
        }
    }

    private static Outcome accepted(
            final long request, final int code, final long first, final long last, final long before) {
        final byte[] result = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(before)
                .array();
        return new Outcome(CLIENT, request, OutcomeStatus.ACCEPTED, code, first, last, Durability.JOURNALED, result);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldGiveTheSameOutcomeToCallbackAndFuture(final StageLayout layout) throws Exception {
        try (Engine engine = launch(layout)) {
            final Outcomes outcomes = new Outcomes();
            final Publisher publisher = engine.newPublisher(CLIENT, outcomes);

            offer(publisher, CounterMachine.ADD, 1);
            final Outcome byFuture = get(submit(publisher, CounterMachine.ADD, 11));
            final Outcome byCallback = outcomes.await(1).get(0);

            assertEquals(accepted(1, 0, 1, 1, 0), byCallback);
            assertEquals(accepted(11, 0, 2, 2, 1), byFuture);
            assertEquals(1, outcomes.all().size());
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldReachSyncedWhenAskedTo(final StageLayout layout) throws Exception {
        try (Engine engine = launch(layout)) {
            final Publisher publisher = engine.newPublisher();
            get(submit(publisher, CounterMachine.ADD, 1));

            final Outcome added = get(publisher.submit(
                    CounterMachine.ADD, 2, Durability.SYNCED, Commands.payload(1, 1), 0, Commands.LENGTH));
            final Outcome rejected = get(publisher.submit(
                    CounterMachine.REJECT, 3, Durability.SYNCED, Commands.payload(1, 1), 0, Commands.LENGTH));

            assertEquals(Durability.SYNCED, added.level());
            assertEquals(2, added.lastSequence());
            assertArrayEquals(new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, added.result());
            assertEquals(Durability.SYNCED, rejected.level());
            assertEquals(OutcomeStatus.REJECTED, rejected.status());
            assertTrue(engine.health().syncedSequence() >= 2);
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldLeaveNoTraceWhenRejected(final StageLayout layout) throws Exception {
        assertRejectedWithoutTrace(layout, CounterMachine.REJECT, CounterMachine.REJECTED_CODE, 0);
        assertRejectedWithoutTrace(layout, CounterMachine.EMIT_THEN_REJECT, CounterMachine.REJECTED_CODE, 8);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRejectAndGoOnWhenDecideThrows(final StageLayout layout) throws Exception {
        assertRejectedWithoutTrace(layout, CounterMachine.THROW, OutcomeCodes.DECIDE_FAILED, 0);
        assertRejectedWithoutTrace(layout, CounterMachine.EMIT_THEN_THROW, OutcomeCodes.DECIDE_FAILED, 0);
        assertRejectedWithoutTrace(layout, CounterMachine.OVERFLOW_STACK, OutcomeCodes.DECIDE_FAILED, 0);
        assertRejectedWithoutTrace(layout, CounterMachine.GIVE_INVALID_CODE, OutcomeCodes.DECIDE_FAILED, 0);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRejectAsInvalidWhenEventsOrResultBreakARule(final StageLayout layout) throws Exception {
        assertRejectedWithoutTrace(layout, CounterMachine.EMIT_EMPTY, OutcomeCodes.INVALID_DECISION, 0);
        assertRejectedWithoutTrace(layout, CounterMachine.EMIT_TOO_MUCH, OutcomeCodes.INVALID_DECISION, 0);
        assertRejectedWithoutTrace(layout, CounterMachine.EMIT_UNKNOWN_TYPE, OutcomeCodes.INVALID_DECISION, 0);
        assertRejectedWithoutTrace(layout, CounterMachine.HIDE_INVALID_EMIT, OutcomeCodes.INVALID_DECISION, 0);
        assertRejectedWithoutTrace(layout, CounterMachine.RESULT_TOO_LONG, OutcomeCodes.INVALID_DECISION, 0);
    }

    /** The command stands between two good ones, which must not notice. */
    private void assertRejectedWithoutTrace(
            final StageLayout layout, final int type, final int code, final int resultLength) throws Exception {
        final EngineConfig config = Commands.config(directory.resolve("type-" + type), layout);
        config.journal().eventTypes(CounterMachine.ADDED);
        try (Engine engine = Engine.launch(config, new CounterMachine())) {
            final Publisher publisher = engine.newPublisher(CLIENT, outcome -> {});
            get(submit(publisher, CounterMachine.ADD, 1));
            final long hash = get(engine.stateHash());

            final Outcome outcome = get(submit(publisher, type, 2));

            assertEquals(OutcomeStatus.REJECTED, outcome.status());
            assertFalse(outcome.accepted());
            assertEquals(code, outcome.code());
            assertEquals(0, outcome.firstSequence());
            assertEquals(0, outcome.lastSequence());
            assertEquals(Durability.JOURNALED, outcome.level());
            assertEquals(resultLength, outcome.result().length);
            assertEquals(hash, get(engine.stateHash()));
            assertEquals(1, engine.health().journaledSequence());
            assertEquals(2, get(submit(publisher, CounterMachine.ADD, 3)).firstSequence());
        }
        final List<JournalContent.Entry> entries = JournalContent.of(config.journal());
        assertEquals(
                List.of(1, 0, 1),
                entries.stream().map(entry -> entry.events().size()).toList());
        assertEquals(code, entries.get(1).code());
        assertFalse(entries.get(1).accepted());
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldStopWhenDecideRunsOutOfMemory(final StageLayout layout) throws Exception {
        final Engine engine = launch(layout);
        final Publisher publisher = engine.newPublisher();
        get(submit(publisher, CounterMachine.ADD, 1));

        final Outcome outcome = get(submit(publisher, CounterMachine.RUN_OUT_OF_MEMORY, 2));

        assertEquals(OutcomeStatus.FAILED, outcome.status());
        assertEquals(Health.State.FAILED, engine.health().state());
        assertEquals(OutOfMemoryError.class, engine.health().failure().getClass());
        assertEquals(PublishResult.FAILED, offer(publisher, CounterMachine.ADD, 3));
        assertThrows(EngineFailedException.class, engine::close);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldCountAHandlerThatThrowsAndChangeNothing(final StageLayout layout) throws Exception {
        final Outcomes outcomes = new Outcomes();
        try (Engine engine = launch(layout)) {
            final Publisher throwing = engine.newPublisher(1, outcome -> {
                outcomes.onOutcome(outcome);
                throw new IllegalStateException("asked to");
            });

            offer(throwing, CounterMachine.ADD, 1);
            Commands.offerSynced(throwing, CounterMachine.ADD, 2);
            offer(throwing, CounterMachine.ADD, 3);
            outcomes.await(3);

            Eventually.until("3 failures", () -> engine.health().outcomeHandlerFailures() == 3);
            assertTrue(engine.health().healthy());
            assertEquals(
                    4, get(submit(engine.newPublisher(), CounterMachine.ADD, 4)).firstSequence());
        }
        assertEquals(3, outcomes.all().size());
    }

    private Engine launch(final StageLayout layout) {
        return Engine.launch(Commands.config(directory, layout), new CounterMachine());
    }
}
