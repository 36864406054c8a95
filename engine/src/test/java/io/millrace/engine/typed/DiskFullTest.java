package io.millrace.engine.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.CommandClaim;
import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeCodes;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.PublishException;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.engine.typed.Bank.Command;
import io.millrace.engine.typed.Bank.Deposit;
import io.millrace.journal.Durability;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** A publisher that gives prepared answers stands for an engine whose disk is full. */
class DiskFullTest {
    private final Deque<CompletableFuture<Outcome>> answers = new ArrayDeque<>();
    private final TypedPublisher<Command> publisher =
            new TypedPublisher<>(new PreparedPublisher(), Bank.domain().commands(), Bank.RESULTS, 256);

    private void refuse(final long result) {
        answers.add(CompletableFuture.failedFuture(new PublishException(result)));
    }

    private static void assertDiskFull(final CompletableFuture<TypedOutcome> outcome) {
        final Throwable cause =
                assertThrows(ExecutionException.class, outcome::get).getCause();
        assertEquals(
                PublishResult.DISK_FULL,
                assertInstanceOf(PublishException.class, cause).result());
        assertTrue(cause.getMessage().contains("DISK_FULL"), cause::getMessage);
    }

    @Test
    void shouldTellAtOnceWhenTheDiskIsFull() throws Exception {
        refuse(PublishResult.DISK_FULL);
        assertDiskFull(publisher.submit(1, new Deposit(1, 1), Durability.JOURNALED));
        refuse(PublishResult.DISK_FULL);
        assertDiskFull(publisher.submitOrWait(1, new Deposit(1, 1), Durability.JOURNALED, Long.MAX_VALUE));
        refuse(PublishResult.DISK_FULL);
        final PublishException failure = assertThrows(
                PublishException.class,
                () -> publisher.execute(1, new Deposit(1, 1), Durability.JOURNALED, Long.MAX_VALUE));
        assertEquals(PublishResult.DISK_FULL, failure.result());
    }

    @Test
    void shouldStopWaitingForRoomInTheRingWhenTheDiskBecomesFull() throws Exception {
        refuse(PublishResult.BACK_PRESSURED);
        refuse(PublishResult.BACK_PRESSURED);
        refuse(PublishResult.DISK_FULL);
        assertDiskFull(publisher.submitOrWait(1, new Deposit(1, 1), Durability.JOURNALED, Long.MAX_VALUE));
    }

    @Test
    void shouldSayWhyACommandInTheRingWasRejected() throws Exception {
        answers.add(CompletableFuture.completedFuture(new Outcome(
                0, 1, OutcomeStatus.REJECTED, OutcomeCodes.DISK_FULL, 0, 0, Durability.JOURNALED, new byte[0])));
        final TypedOutcome outcome = publisher.execute(1, new Deposit(1, 1), Durability.JOURNALED, Long.MAX_VALUE);
        assertFalse(outcome.accepted());
        assertEquals(OutcomeCodes.DISK_FULL, outcome.code());
        assertTrue(outcome.reason().startsWith("DISK_FULL: "), outcome::reason);
    }

    private final class PreparedPublisher implements Publisher {
        @Override
        public CompletableFuture<Outcome> submit(
                final int typeId,
                final long requestId,
                final Durability durability,
                final DirectBuffer payload,
                final int offset,
                final int length) {
            return answers.remove();
        }

        @Override
        public long offer(
                final int typeId,
                final long requestId,
                final Durability durability,
                final DirectBuffer payload,
                final int offset,
                final int length) {
            throw new AssertionError("the typed level submits");
        }

        @Override
        public long tryClaim(
                final CommandClaim claim,
                final int typeId,
                final long requestId,
                final Durability durability,
                final int length) {
            throw new AssertionError("the typed level submits");
        }

        @Override
        public long clientId() {
            return 0;
        }
    }
}
