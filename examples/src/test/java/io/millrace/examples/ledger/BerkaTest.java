package io.millrace.examples.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.examples.driver.DirectDriver;
import io.millrace.examples.ledger.Berka.Posting;
import io.millrace.journal.Durability;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bank's postings: the ledger must hold what the bank's customers had, to the cent, after every one of them. */
class BerkaTest {
    private static final long PATIENCE_S = 60;

    private final LedgerMachine machine = new LedgerMachine();
    private final AccountBalances balances = new AccountBalances(Berka.ACCOUNTS);
    private final DirectDriver driver = new DirectDriver(machine, balances::onEvent);
    private final UnsafeBuffer buffer = Rows.buffer(1);
    private List<Posting> postings;

    @BeforeEach
    void readPostings() throws IOException {
        postings = Berka.read();
    }

    @Test
    void shouldHoldTheBalanceThatTheBankHadAfterEveryPosting() {
        openAccounts(0);
        long previousBank = 0;
        int exact = 0;
        int up = 0;
        int down = 0;
        for (final Posting posting : postings) {
            assertEquals(Status.CREATED.code(), post(posting).code(), posting::toString);
            assertEquals(posting.cumulative(), balance(posting.account()), posting::toString);
            assertTrue(Math.abs(posting.cumulative() - posting.bankBalance()) <= 60, posting::toString);
            final long before = posting.number() == 1 ? 0 : previousBank;
            final long rounding =
                    posting.bankBalance() - before - (posting.credit() ? posting.amount() : -posting.amount());
            exact += rounding == 0 ? 1 : 0;
            up += rounding == 10 ? 1 : 0;
            down += rounding == -10 ? 1 : 0;
            previousBank = posting.bankBalance();
        }
        assertEquals(List.of(28_905, 511, 784), List.of(exact, up, down));
        assertEquals(Berka.POSTINGS, machine.transferCount());
        assertTotals();
        assertReplays();
    }

    /** The bank let 14 customers overdraw: a rule against it must refuse some postings, and none to the others. */
    @Test
    void shouldRefuseOverdraftsWhenTheAccountsForbidThem() {
        openAccounts(AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS);
        int refused = 0;
        for (final Posting posting : postings) {
            final int code = post(posting).code();
            if (code != Status.CREATED.code()) {
                assertEquals(Status.EXCEEDS_CREDITS, Status.ofCode(code), posting::toString);
                refused++;
            }
            assertTrue(balance(posting.account()) >= 0, posting::toString);
        }
        assertTrue(refused > 0, "no posting was refused");
        assertEquals(Berka.POSTINGS - refused, machine.transferCount());
    }

    @Test
    void shouldBeTheSameAgainWhenTheEngineIsLaunchedAgain(@TempDir final Path directory) throws Exception {
        final long hash;
        try (Engine engine = Engine.launch(EngineConfig.at(directory), new LedgerMachine())) {
            publish(engine.newPublisher());
            hash = engine.stateHash().get(PATIENCE_S, TimeUnit.SECONDS);
        }
        final LedgerMachine recovered = new LedgerMachine();
        try (Engine engine = Engine.launch(EngineConfig.at(directory), recovered)) {
            assertEquals(Berka.ACCOUNTS + 1 + Berka.POSTINGS, engine.recoveredEvents());
            assertEquals(hash, engine.stateHash().get(PATIENCE_S, TimeUnit.SECONDS));
            final long sum = engine.inspect(state -> Berka.accounts(postings).stream()
                            .mapToLong(id -> balance((LedgerMachine) state, id))
                            .sum())
                    .get(PATIENCE_S, TimeUnit.SECONDS);
            assertEquals(1_501_284_620L, sum);
        }
    }

    private void publish(final Publisher publisher) throws Exception {
        long request = 0;
        Berka.encodeAccount(buffer, 0, Berka.BANK, 0);
        offer(publisher, LedgerTypes.CREATE_ACCOUNTS, ++request, AccountRowLayout.LENGTH);
        for (final long account : Berka.accounts(postings)) {
            Berka.encodeAccount(buffer, 0, account, 0);
            offer(publisher, LedgerTypes.CREATE_ACCOUNTS, ++request, AccountRowLayout.LENGTH);
        }
        for (final Posting posting : postings) {
            posting.encode(buffer);
            offer(publisher, LedgerTypes.TRANSFER, ++request, TransferCommandLayout.LENGTH);
        }
    }

    private void offer(final Publisher publisher, final int type, final long request, final int length) {
        long result;
        do {
            result = publisher.offer(type, request, Durability.JOURNALED, buffer, 0, length);
            Thread.onSpinWait();
        } while (result == PublishResult.BACK_PRESSURED);
        assertTrue(result >= 0, PublishResult.name(result));
    }

    private void openAccounts(final int flags) {
        openAccount(Berka.BANK, 0);
        Berka.accounts(postings).forEach(id -> openAccount(id, flags));
        assertEquals(Berka.ACCOUNTS + 1, machine.accountCount());
    }

    private void openAccount(final long id, final int flags) {
        Berka.encodeAccount(buffer, 0, id, flags);
        final Outcome outcome = driver.submit(LedgerTypes.CREATE_ACCOUNTS, buffer, 0, AccountRowLayout.LENGTH);
        assertEquals(OutcomeStatus.ACCEPTED, outcome.status());
    }

    private Outcome post(final Posting posting) {
        posting.encode(buffer);
        return driver.submit(LedgerTypes.TRANSFER, buffer, 0, TransferCommandLayout.LENGTH);
    }

    private void assertTotals() {
        final Balances bank = balances.balances(BigInteger.valueOf(Berka.BANK)).orElseThrow();
        assertEquals(14_308_723_200L, bank.debitsPosted().longValueExact(), "credits to customers");
        assertEquals(12_807_438_580L, bank.creditsPosted().longValueExact(), "debits from customers");
        final Balances totals = balances.totals();
        assertEquals(14_308_723_200L + 12_807_438_580L, totals.debitsPosted().longValueExact());
        assertEquals(totals.debitsPosted(), totals.creditsPosted());
        long cumulative = 0;
        for (final long account : Berka.accounts(postings)) {
            cumulative += balance(account);
        }
        assertEquals(1_501_284_620L, cumulative, "sum of final balances");
        assertEquals(1_501_281_890L, lastBankBalances(), "sum of final balances by the bank");
    }

    private long lastBankBalances() {
        long sum = 0;
        for (int i = 0; i < postings.size(); i++) {
            final boolean last = i + 1 == postings.size() || postings.get(i + 1).number() == 1;
            sum += last ? postings.get(i).bankBalance() : 0;
        }
        return sum;
    }

    private void assertReplays() {
        final byte[] live = DirectDriver.save(machine);
        final LedgerMachine replayed = new LedgerMachine();
        driver.replay(replayed::apply);
        assertArrayEquals(live, DirectDriver.save(replayed));
    }

    private long balance(final long id) {
        return balance(machine, id);
    }

    private static long balance(final LedgerMachine ledger, final long id) {
        final AccountRecord account = ledger.account(BigInteger.valueOf(id)).orElseThrow();
        return account.creditsPosted().subtract(account.debitsPosted()).longValueExact();
    }
}
