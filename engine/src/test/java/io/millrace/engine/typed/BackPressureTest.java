package io.millrace.engine.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.EngineConfig;
import io.millrace.engine.PublishException;
import io.millrace.engine.PublishResult;
import io.millrace.engine.typed.Bank.Accounts;
import io.millrace.engine.typed.Bank.Command;
import io.millrace.engine.typed.Bank.Deposit;
import io.millrace.engine.typed.Bank.Event;
import io.millrace.journal.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer is held between two commands by a question that waits for a latch. */
class BackPressureTest {
    private static final long SHORT_NS = 1_000_000;

    @TempDir
    Path directory;

    private final CountDownLatch release = new CountDownLatch(1);
    private final List<CompletableFuture<TypedOutcome>> published = new ArrayList<>();
    private TypedEngine<Command, Event, Accounts> bank;

    @BeforeEach
    void launchAndHold() throws InterruptedException {
        bank = TypedEngine.launch(EngineConfig.at(directory).ringSize(8), Bank.domain());
        final CountDownLatch held = new CountDownLatch(1);
        bank.inspect(accounts -> {
            held.countDown();
            return awaitRelease();
        });
        held.await();
    }

    @AfterEach
    void releaseAndClose() {
        release.countDown();
        bank.close();
        published.forEach(outcome -> assertTrue(outcome.join().accepted()));
    }

    @Test
    void shouldFailTheFutureWhenTheRingIsFull() {
        assertBackPressured(fillRing());
    }

    @Test
    void shouldGiveUpInTimeWhenTheRingStaysFull() throws InterruptedException {
        fillRing();
        assertBackPressured(bank.submitOrWait(new Deposit(1, 1), Durability.JOURNALED, SHORT_NS));
        final PublishException failure = assertThrows(
                PublishException.class, () -> bank.execute(new Deposit(1, 1), Durability.JOURNALED, SHORT_NS));
        assertEquals(PublishResult.BACK_PRESSURED, failure.result());
    }

    @Test
    void shouldPublishWhenRoomComes() throws Exception {
        fillRing();
        final CompletableFuture<TypedOutcome> waiting = CompletableFuture.supplyAsync(this::executeUnchecked);
        assertFalse(waiting.isDone());
        release.countDown();
        assertTrue(waiting.get().accepted());
        assertEquals(
                published.size() + 1,
                bank.inspect(accounts -> accounts.balance(1)).get());
    }

    @Test
    void shouldThrowWhenTheOutcomeDoesNotComeInTime() throws Exception {
        final TimeoutException failure = assertThrows(
                TimeoutException.class, () -> bank.execute(new Deposit(1, 1), Durability.JOURNALED, SHORT_NS));
        assertTrue(failure.getMessage().contains("timeoutNs=1000000, clientId=0, requestId=1"), failure.getMessage());
        release.countDown();
        assertEquals(1, bank.inspect(accounts -> accounts.balance(1)).get());
    }

    @Test
    void shouldThrowWhenTheCallerIsInterrupted() {
        fillRing();
        Thread.currentThread().interrupt();
        assertThrows(
                InterruptedException.class,
                () -> bank.submitOrWait(new Deposit(1, 1), Durability.JOURNALED, Long.MAX_VALUE));
        assertFalse(Thread.interrupted());
    }

    private CompletableFuture<TypedOutcome> fillRing() {
        while (true) {
            final CompletableFuture<TypedOutcome> outcome = bank.submit(new Deposit(1, 1));
            if (outcome.isCompletedExceptionally()) {
                return outcome;
            }
            published.add(outcome);
        }
    }

    private static void assertBackPressured(final CompletableFuture<TypedOutcome> outcome) {
        final Throwable cause =
                assertThrows(ExecutionException.class, outcome::get).getCause();
        assertEquals(
                PublishResult.BACK_PRESSURED,
                assertInstanceOf(PublishException.class, cause).result());
    }

    private TypedOutcome executeUnchecked() {
        try {
            return bank.execute(new Deposit(1, 1));
        } catch (final InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private boolean awaitRelease() {
        try {
            release.await();
            return true;
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
