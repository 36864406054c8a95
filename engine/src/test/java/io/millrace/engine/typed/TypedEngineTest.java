package io.millrace.engine.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.ApplyFailedException;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.OutcomeCodes;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.PublishException;
import io.millrace.engine.PublishResult;
import io.millrace.engine.StageLayout;
import io.millrace.engine.typed.Bank.Accounts;
import io.millrace.engine.typed.Bank.Balance;
import io.millrace.engine.typed.Bank.Command;
import io.millrace.engine.typed.Bank.Deposit;
import io.millrace.engine.typed.Bank.Deposited;
import io.millrace.engine.typed.Bank.Event;
import io.millrace.engine.typed.Bank.Transfer;
import io.millrace.engine.typed.Bank.Withdraw;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TypedEngineTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldGiveEverythingBackWhenLaunchedAgain(final StageLayout layout) throws Exception {
        final long seed = System.nanoTime();
        final long hash;
        final TreeMap<Long, Long> accounts;
        try (TypedEngine<Command, Event, Accounts> bank = launch(config().layout(layout))) {
            runRandomCommands(bank, new Random(seed));
            hash = bank.stateHash().get();
            accounts = bank.inspect(TreeMap::new).get();
        }
        try (TypedEngine<Command, Event, Accounts> bank = launch(config().layout(layout))) {
            assertEquals(accounts, bank.inspect(TreeMap::new).get(), "seed=" + seed);
            assertEquals(hash, bank.stateHash().get(), "seed=" + seed);
            assertFalse(accounts.isEmpty());
        }
    }

    private static void runRandomCommands(final TypedEngine<Command, Event, Accounts> bank, final Random random)
            throws Exception {
        final List<CompletableFuture<TypedOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            final long amount = 1 + random.nextInt(100);
            final long account = random.nextInt(10);
            final Command command = switch (random.nextInt(3)) {
                case 0 -> new Deposit(account, amount);
                case 1 -> new Withdraw(account, amount);
                default -> new Transfer(account, random.nextInt(10), amount);
            };
            final Durability durability = i % 500 == 0 ? Durability.SYNCED : Durability.JOURNALED;
            outcomes.add(bank.submitOrWait(command, durability, TypedEngine.DEFAULT_TIMEOUT_NS));
        }
        for (final CompletableFuture<TypedOutcome> outcome : outcomes) {
            assertTrue(
                    outcome.get().code() <= Bank.NOT_ENOUGH,
                    () -> outcome.join().toString());
        }
    }

    @Test
    void shouldAnswerWithSequencesLevelAndResultWhenAccepted() throws Exception {
        try (TypedEngine<Command, Event, Accounts> bank = launch(config())) {
            bank.execute(new Deposit(1, 100));
            final TypedOutcome outcome = bank.execute(new Deposit(1, 50), Durability.SYNCED);
            assertTrue(outcome.accepted());
            assertEquals(Durability.SYNCED, outcome.level());
            assertEquals("", outcome.reason());
            assertEquals(new Balance(150), outcome.result(Balance.class));
            assertThrows(ClassCastException.class, () -> outcome.result(String.class));
            final TypedOutcome transfer = bank.execute(new Transfer(1, 2, 70));
            assertEquals(3, transfer.firstSequence());
            assertEquals(4, transfer.lastSequence());
            assertNull(transfer.result(Balance.class));
        }
    }

    @Test
    void shouldAnswerWithCodeAndReasonWhenRejected() throws Exception {
        try (TypedEngine<Command, Event, Accounts> bank = launch(config())) {
            final TypedOutcome outcome = bank.execute(new Withdraw(1, 50));
            assertEquals(OutcomeStatus.REJECTED, outcome.status());
            assertEquals(Bank.NOT_ENOUGH, outcome.code());
            assertEquals("balance is 0", outcome.reason());
            assertEquals("", bank.execute(new Transfer(1, 2, 3)).reason());
            assertNull(outcome.result(Balance.class));
            assertEquals(0, bank.engine().journal().journaledSequence());
        }
    }

    @Test
    void shouldCutTheReasonBetweenCharactersWhenItIsLongerThanAResultMayBe() throws Exception {
        final Domain<Deposit, Deposited, Accounts> domain = Domain.of(Deposit.class, Deposited.class, Accounts::new)
                .decide(1, Deposit.class, (accounts, c) -> Verdict.reject(9, "xäöüäöüäöü"))
                .apply(1, Deposited.class, (accounts, e) -> {})
                .build();
        final EngineConfig config = config();
        config.journal().maxResultBytes(8);
        try (TypedEngine<Deposit, Deposited, Accounts> bank = TypedEngine.launch(config, domain)) {
            final TypedOutcome outcome = bank.execute(new Deposit(1, 1));
            assertEquals(9, outcome.code());
            assertEquals("xäöü", outcome.reason());
        }
    }

    @Test
    void shouldRejectWhenACommandCannotBeDecodedOrIsNotRegistered() throws Exception {
        try (TypedEngine<Command, Event, Accounts> bank = launch(config())) {
            final UnsafeBuffer broken = new UnsafeBuffer(Deposit.broken());
            for (final int typeId : new int[] {1, 2, 99}) {
                final int code = bank.engine()
                        .newPublisher()
                        .submit(typeId, 1, Durability.JOURNALED, broken, 0, typeId == 2 ? 4 : broken.capacity())
                        .get()
                        .code();
                assertEquals(OutcomeCodes.DECIDE_FAILED, code, "typeId=" + typeId);
            }
            assertTrue(bank.execute(new Deposit(1, 1)).accepted());
        }
    }

    @Test
    void shouldThrowAndPublishNothingWhenTheClassOfACommandIsNotRegistered() throws Exception {
        final Domain<Object, Deposited, Accounts> domain = Domain.of(Object.class, Deposited.class, Accounts::new)
                .apply(1, Deposited.class, (accounts, e) -> {})
                .build();
        try (TypedEngine<Object, Deposited, Accounts> bank = TypedEngine.launch(config(), domain)) {
            assertThrows(UnregisteredTypeException.class, () -> bank.submit(new Deposit(1, 1)));
            assertEquals(0, bank.health().commandsInRing());
        }
    }

    @Test
    void shouldRefuseToLaunchWhenTheJournalHoldsAnEventThatIsNotRegistered() throws Exception {
        try (TypedEngine<Command, Event, Accounts> bank = launch(config())) {
            bank.execute(new Deposit(1, 10));
            bank.execute(new Withdraw(1, 5));
        }
        final Domain<Deposit, Deposited, Accounts> domain = Domain.of(Deposit.class, Deposited.class, Accounts::new)
                .decide(1, Deposit.class, (accounts, c) -> Verdict.accept())
                .apply(1, Deposited.class, (accounts, e) -> {})
                .build();
        final ApplyFailedException refusal =
                assertThrows(ApplyFailedException.class, () -> TypedEngine.launch(config(), domain));
        assertEquals(2, refusal.sequence());
        final UnregisteredTypeException cause = assertInstanceOf(UnregisteredTypeException.class, refusal.getCause());
        assertTrue(cause.getMessage().contains("type id must be registered: 2; add the class"), cause.getMessage());
        launch(config()).close();
    }

    @Test
    void shouldFailTheFutureWhenTheCommandIsTooLong() throws Exception {
        try (TypedEngine<Command, Event, Accounts> bank = launch(config().maxCommandBytes(8))) {
            final PublishException failure =
                    assertInstanceOf(PublishException.class, failureOf(bank.submit(new Deposit(1, 1))));
            assertEquals(PublishResult.TOO_LARGE, failure.result());
            assertTrue(failure.getMessage().contains("maxCommandBytes=8"), failure.getMessage());
            assertThrows(PublishException.class, () -> bank.execute(new Deposit(1, 1)));
        }
    }

    @Test
    void shouldFailTheFutureWhenTheEngineIsClosed() throws Exception {
        final TypedEngine<Command, Event, Accounts> bank = launch(config());
        bank.close();
        final PublishException failure =
                assertInstanceOf(PublishException.class, failureOf(bank.submit(new Deposit(1, 1))));
        assertEquals(PublishResult.CLOSED, failure.result());
    }

    @Test
    void shouldNumberCommandsItselfUnlessTheClientDoes() throws Exception {
        try (TypedEngine<Command, Event, Accounts> bank = launch(config())) {
            final TypedPublisher<Command> publisher = bank.newPublisher(77);
            final TypedOutcome named = publisher
                    .submit(500, new Deposit(1, 1), Durability.JOURNALED)
                    .get();
            assertEquals(77, publisher.clientId());
            assertEquals(77, named.outcome().clientId());
            assertEquals(500, named.outcome().requestId());
            assertEquals(1, bank.execute(new Deposit(1, 1)).outcome().requestId());
            assertEquals(2, bank.submit(new Deposit(1, 1)).get().outcome().requestId());
        }
    }

    @Test
    void shouldJournalStreamTypeAndVersionOfTheRegistry() throws Exception {
        try (TypedEngine<Command, Event, Accounts> bank = launch(config())) {
            bank.execute(new Deposit(5, 10));
            bank.execute(new Transfer(5, 6, 3));
            final List<String> seen = new ArrayList<>();
            try (JournalReader reader = bank.engine().journal().newReader(1)) {
                while (reader.poll(
                                event -> seen.add(event.streamId() + " " + event.typeId() + " " + event.schemaVersion()
                                        + " " + Bank.EVENTS.decode(event).account()),
                                10)
                        > 0) {}
            }
            assertEquals(List.of("5 1 1 5", "5 2 1 5", "6 1 1 6"), seen);
        }
    }

    @Test
    void shouldLetTheDomainSeeTimeAndSender() throws Exception {
        final List<Long> stamps = new ArrayList<>();
        final Domain<Deposit, Deposited, Accounts> domain = Domain.of(Deposit.class, Deposited.class, Accounts::new)
                .decide(1, Deposit.class, (accounts, c, envelope) -> {
                    stamps.add(envelope.timestampNs());
                    stamps.add(envelope.nextSequence());
                    return Verdict.accept(new Deposited(envelope.clientId(), 1)).withCode(7);
                })
                .evolve(1, Deposited.class, (accounts, e, envelope) -> {
                    stamps.add(envelope.timestampNs());
                    stamps.add(envelope.sequence());
                    final Accounts next = new Accounts();
                    next.put(e.account(), envelope.sequence());
                    return next;
                })
                .build();
        try (TypedEngine<Deposit, Deposited, Accounts> bank = TypedEngine.launch(config(), domain)) {
            final TypedOutcome outcome = bank.newPublisher(3)
                    .execute(1, new Deposit(1, 1), Durability.JOURNALED, TypedEngine.DEFAULT_TIMEOUT_NS);
            assertEquals(7, outcome.code());
            assertEquals(1, bank.inspect(accounts -> accounts.get(3L)).get());
            assertEquals(stamps.subList(0, 2), stamps.subList(2, 4));
        }
    }

    private static Throwable failureOf(final CompletableFuture<?> future) {
        assertTrue(future.isCompletedExceptionally());
        final ExecutionException failure =
                assertThrows(ExecutionException.class, () -> future.get(0, TimeUnit.SECONDS));
        assertSame(failure.getCause(), future.handle((outcome, cause) -> cause).join());
        return failure.getCause();
    }

    private EngineConfig config() {
        return EngineConfig.at(directory);
    }

    private static TypedEngine<Command, Event, Accounts> launch(final EngineConfig config) {
        return TypedEngine.launch(config, Bank.domain());
    }
}
