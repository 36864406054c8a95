package io.millrace.engine;

import static io.millrace.engine.Commands.get;
import static io.millrace.engine.Commands.offer;
import static io.millrace.engine.Commands.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublisherTest {
    private static final int RING_SIZE = 8;
    private static final int MAX_COMMAND_BYTES = 64;

    @TempDir
    Path directory;

    private EngineConfig config(final StageLayout layout) {
        return Commands.config(directory, layout).ringSize(RING_SIZE).maxCommandBytes(MAX_COMMAND_BYTES);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldPublishWhatAClaimHoldsWhenCommitted(final StageLayout layout) throws Exception {
        final CounterMachine machine = new CounterMachine();
        try (Engine engine = Engine.launch(config(layout), machine)) {
            final Outcomes outcomes = new Outcomes();
            final Publisher publisher = engine.newPublisher(5, outcomes);
            final CommandClaim claim = new CommandClaim();

            for (int request = 1; request <= 3 * RING_SIZE; request++) {
                assertTrue(claim(publisher, claim, request) >= 0);
                claim.buffer().putLong(0, 3);
                claim.buffer().putLong(Long.BYTES, 10);
                claim.commit();
                outcomes.await(request);
            }

            final long found = get(engine.inspect(state -> machine.value(3)));
            assertEquals(240, found);
            assertEquals(5, outcomes.of(1).clientId());
            assertEquals(5, publisher.clientId());
        }
    }

    private static long claim(final Publisher publisher, final CommandClaim claim, final long request) {
        return publisher.tryClaim(claim, CounterMachine.ADD, request, Durability.JOURNALED, Commands.LENGTH);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldPushBackWhenTheRingIsFull(final StageLayout layout) throws Exception {
        final HoldingMachine machine = new HoldingMachine();
        try (Engine engine = Engine.launch(config(layout), machine)) {
            final Outcomes outcomes = new Outcomes();
            final Publisher publisher = engine.newPublisher(1, outcomes);
            offer(publisher, HoldingMachine.HOLD, 0);
            machine.awaitHeld();
            for (int request = 1; request < RING_SIZE; request++) {
                assertTrue(offer(publisher, CounterMachine.ADD, request) >= 0);
            }

            assertEquals(PublishResult.BACK_PRESSURED, offer(publisher, CounterMachine.ADD, 99));
            assertEquals(PublishResult.BACK_PRESSURED, claim(publisher, new CommandClaim(), 99));
            assertRefused(PublishResult.BACK_PRESSURED, submit(publisher, CounterMachine.ADD, 99));
            assertRefused(PublishResult.BACK_PRESSURED, engine.stateHash());
            assertEquals(RING_SIZE, engine.health().commandsInRing());

            machine.release();
            outcomes.await(RING_SIZE);
            assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), outcomes.requestIds());
            Eventually.until("an empty ring", () -> engine.health().commandsInRing() == 0);
        }
    }

    private static void assertRefused(final long result, final CompletableFuture<?> future) {
        final ExecutionException e = assertThrows(ExecutionException.class, () -> get(future));
        final PublishException refusal = assertInstanceOf(PublishException.class, e.getCause());
        assertEquals(result, refusal.result());
        assertTrue(refusal.getMessage().contains(PublishResult.name(result)), refusal::getMessage);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldTakeAnyLengthUpToTheLongest(final StageLayout layout) throws Exception {
        try (Engine engine = Engine.launch(config(layout), new CounterMachine())) {
            final Publisher publisher = engine.newPublisher();
            final UnsafeBuffer payload = new UnsafeBuffer(new byte[MAX_COMMAND_BYTES + 1]);

            final Outcome empty =
                    get(publisher.submit(CounterMachine.ACCEPT_WITH_CODE, 1, Durability.JOURNALED, payload, 0, 0));
            final Outcome longest = get(publisher.submit(
                    CounterMachine.ACCEPT_WITH_CODE, 2, Durability.JOURNALED, payload, 1, MAX_COMMAND_BYTES));

            assertTrue(empty.accepted());
            assertTrue(longest.accepted());
            assertEquals(
                    PublishResult.TOO_LARGE,
                    publisher.offer(1, 3, Durability.JOURNALED, payload, 0, MAX_COMMAND_BYTES + 1));
            assertEquals(
                    PublishResult.TOO_LARGE,
                    publisher.tryClaim(new CommandClaim(), 1, 3, Durability.JOURNALED, MAX_COMMAND_BYTES + 1));
            assertRefused(
                    PublishResult.TOO_LARGE,
                    publisher.submit(1, 3, Durability.JOURNALED, payload, 0, MAX_COMMAND_BYTES + 1));
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldPublishNothingWhenAnArgumentIsWrong(final StageLayout layout) throws Exception {
        try (Engine engine = Engine.launch(config(layout), new CounterMachine())) {
            final Publisher publisher = engine.newPublisher();
            final UnsafeBuffer payload = Commands.payload(1, 1);

            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> publisher.offer(CounterMachine.ADD, 1, Durability.JOURNALED, payload, 1, Commands.LENGTH));
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> publisher.offer(CounterMachine.ADD, 1, Durability.JOURNALED, payload, 0, -1));
            assertThrows(
                    NullPointerException.class, () -> publisher.offer(CounterMachine.ADD, 1, null, payload, 0, 16));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> publisher.tryClaim(new CommandClaim(), 1, 1, Durability.JOURNALED, -1));

            assertEquals(1, get(submit(publisher, CounterMachine.ADD, 2)).firstSequence());
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldLetAnAbortedClaimPassWithoutOutcome(final StageLayout layout) throws Exception {
        try (Engine engine = Engine.launch(config(layout), new CounterMachine())) {
            final Outcomes outcomes = new Outcomes();
            final Publisher publisher = engine.newPublisher(1, outcomes);
            final CommandClaim claim = new CommandClaim();

            for (int i = 0; i < 3 * RING_SIZE; i++) {
                Eventually.until("room", () -> claim(publisher, claim, 1000) >= 0);
                claim.abort();
                final int request = i;
                Eventually.until("room", () -> offer(publisher, CounterMachine.ADD, request) >= 0);
            }

            outcomes.await(3 * RING_SIZE);
            assertEquals(3L * RING_SIZE, engine.health().journaledSequence());
            assertTrue(outcomes.requestIds().stream().noneMatch(request -> request == 1000));
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRefuseMisuseOfClaims(final StageLayout layout) throws Exception {
        try (Engine engine = Engine.launch(config(layout), new CounterMachine())) {
            final Publisher publisher = engine.newPublisher();
            final CommandClaim claim = new CommandClaim();

            assertThrows(IllegalStateException.class, claim::commit);
            assertThrows(IllegalStateException.class, claim::abort);
            assertTrue(claim(publisher, claim, 1) >= 0);
            assertThrows(IllegalStateException.class, () -> claim(publisher, claim, 2));
            claim.abort();
            assertThrows(IllegalStateException.class, claim::commit);
            assertEquals(0, claim.buffer().capacity());

            assertEquals(1, get(submit(publisher, CounterMachine.ADD, 3)).firstSequence());
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRefuseWhenClosed(final StageLayout layout) throws Exception {
        final Engine engine = Engine.launch(config(layout), new CounterMachine());
        final Publisher publisher = engine.newPublisher();
        engine.close();

        assertEquals(PublishResult.CLOSED, offer(publisher, CounterMachine.ADD, 1));
        assertEquals(PublishResult.CLOSED, claim(publisher, new CommandClaim(), 1));
        assertRefused(PublishResult.CLOSED, submit(publisher, CounterMachine.ADD, 1));
        assertRefused(PublishResult.CLOSED, engine.stateHash());
        assertEquals(PublishResult.CLOSED, offer(engine.newPublisher(), CounterMachine.ADD, 1));
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldFailToCloseAndAnswerTheOthersWhenAClaimStaysOpen(final StageLayout layout) throws Exception {
        final Engine engine =
                Engine.launch(config(layout).closeTimeoutNs(TimeUnit.MILLISECONDS.toNanos(200)), new CounterMachine());
        final Outcomes outcomes = new Outcomes();
        final Publisher publisher = engine.newPublisher(1, outcomes);
        final CommandClaim claim = new CommandClaim();
        claim(publisher, claim, 1);
        offer(publisher, CounterMachine.ADD, 2);
        offer(publisher, CounterMachine.ADD, 3);

        final EngineFailedException failure = assertThrows(EngineFailedException.class, engine::close);

        assertTrue(failure.getMessage().contains("timeoutNs=200000000"), failure::getMessage);
        outcomes.await(2);
        assertEquals(OutcomeStatus.FAILED, outcomes.of(2).status());
        assertEquals(OutcomeStatus.FAILED, outcomes.of(3).status());
        assertEquals(2, outcomes.all().size());
        claim.commit();
        outcomes.await(3);
        assertEquals(OutcomeStatus.FAILED, outcomes.of(1).status());
        Engine.launch(config(layout), new CounterMachine()).close();
    }

    @Test
    void shouldNameEveryResult() {
        assertEquals("PUBLISHED", PublishResult.name(0));
        assertEquals("BACK_PRESSURED", PublishResult.name(PublishResult.BACK_PRESSURED));
        assertEquals("CLOSED", PublishResult.name(PublishResult.CLOSED));
        assertEquals("FAILED", PublishResult.name(PublishResult.FAILED));
        assertEquals("TOO_LARGE", PublishResult.name(PublishResult.TOO_LARGE));
        assertEquals("DISK_FULL", PublishResult.name(PublishResult.DISK_FULL));
        assertEquals("UNKNOWN(-77)", PublishResult.name(-77));
    }
}
