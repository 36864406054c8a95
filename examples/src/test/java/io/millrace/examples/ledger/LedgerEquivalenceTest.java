package io.millrace.examples.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeStatus;
import io.millrace.examples.driver.DirectDriver;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories, by seed: two ways to the same decisions must lead to the same state. */
class LedgerEquivalenceTest {
    private static final long START_NS = 1_000_000_000L;
    private static final int STEP_NS = 20_000_000;
    private static final int STEPS = 10_000;
    private static final int MAX_ROWS = 30;

    private final Side left = new Side();
    private final Side right = new Side();
    private final Set<Status> seen = EnumSet.noneOf(Status.class);
    private long nowNs = START_NS;

    /** A machine, its driver and its read model. */
    private static final class Side {
        final LedgerMachine machine = new LedgerMachine();
        final AccountBalances balances = new AccountBalances(1);
        final DirectDriver driver = new DirectDriver(machine, balances::onEvent);
        final UnsafeBuffer buffer = Rows.buffer(MAX_ROWS);

        Side() {
            for (int i = 0; i < RandomTransfers.ACCOUNTS; i++) {
                final int id = i + 1;
                Rows.account(buffer, i, id, RandomTransfers.accountLedger(id), RandomTransfers.accountFlags(id));
            }
            final int length = RandomTransfers.ACCOUNTS * AccountRowLayout.LENGTH;
            driver.submitAt(START_NS, LedgerTypes.CREATE_ACCOUNTS, buffer, 0, length);
            assertEquals(RandomTransfers.ACCOUNTS, machine.accountCount());
        }

        /** Decides one row and returns its status. */
        Status submitRow(final long atNs, final Transfer transfer) {
            Rows.transfer(buffer, 0, transfer);
            return Status.ofCode(submitRows(atNs, 1)[0]);
        }

        byte[] submitRows(final long atNs, final int rows) {
            final int length = rows * TransferRowLayout.LENGTH;
            final Outcome outcome = driver.submitAt(atNs, LedgerTypes.CREATE_TRANSFERS, buffer, 0, length);
            assertEquals(OutcomeStatus.ACCEPTED, outcome.status(), () -> "code " + outcome.code());
            assertEquals(rows, outcome.result().length);
            return outcome.result();
        }

        Status submitCompact(final long atNs, final Transfer transfer) {
            Rows.command(buffer, transfer);
            final Outcome outcome =
                    driver.submitAt(atNs, LedgerTypes.TRANSFER, buffer, 0, TransferCommandLayout.LENGTH);
            assertEquals(outcome.status() == OutcomeStatus.REJECTED, outcome.firstSequence() == 0);
            return Status.ofCode(outcome.code());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldDecideTheSameWhenATransferIsCompactOrARow(final long seed) {
        final RandomTransfers random = new RandomTransfers(seed);
        for (int step = 0; step < STEPS; step++) {
            nowNs += random.below(STEP_NS);
            final boolean compact = random.oneIn(2);
            final Transfer transfer = compact ? random.nextCompact() : random.next();
            final Status asRow = right.submitRow(nowNs, transfer);
            final Status other = compact ? left.submitCompact(nowNs, transfer) : left.submitRow(nowNs, transfer);
            assertEquals(asRow, other, () -> "seed " + seed + ", at " + nowNs);
            seen.add(asRow);
        }
        assertSameState(seed);
        assertSeenEnough();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void shouldDecideTheSameWhenRowsComeTogetherOrAlone(final long seed) {
        final RandomTransfers random = new RandomTransfers(seed);
        for (int step = 0; step < STEPS; step += MAX_ROWS / 2) {
            nowNs += random.below(STEP_NS) * (long) MAX_ROWS;
            pulse();
            final int rows = 1 + random.below(MAX_ROWS);
            final List<Status> alone = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                final Transfer transfer = random.next();
                transfer.flags &= ~TransferFlags.IMPORTED;
                Rows.transfer(right.buffer, row, transfer);
                alone.add(left.submitRow(nowNs + row, transfer));
            }
            final byte[] together = right.submitRows(nowNs, rows);
            for (int row = 0; row < rows; row++) {
                final String at = "seed " + seed + ", at " + nowNs + ", row " + row;
                assertEquals(alone.get(row), Status.ofCode(together[row]), at);
            }
            seen.addAll(alone);
            assertSameBalances(seed);
        }
        assertReplays(right, seed);
        assertSeenEnough();
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void shouldLeaveNoTraceOfChainsThatFail(final long seed) {
        final RandomTransfers random = new RandomTransfers(seed);
        for (int step = 0; step < STEPS; step += MAX_ROWS / 2) {
            nowNs += random.below(STEP_NS) * (long) MAX_ROWS;
            pulse();
            final int rows = 1 + random.below(MAX_ROWS);
            final List<Transfer> requested = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                final Transfer transfer = new Transfer();
                transfer.copyFrom(random.next());
                transfer.flags &= ~TransferFlags.IMPORTED;
                requested.add(transfer);
                transfer.flags |= random.oneIn(3) ? TransferFlags.LINKED : 0;
                Rows.transfer(right.buffer, row, transfer);
            }
            final byte[] statuses = right.submitRows(nowNs, rows);
            for (int row = 0; row < rows; row++) {
                seen.add(Status.ofCode(statuses[row]));
                if (statuses[row] == Status.CREATED.code()) {
                    requested.get(row).flags &= ~TransferFlags.LINKED;
                    final String at = "seed " + seed + ", at " + nowNs + ", row " + row;
                    assertEquals(Status.CREATED, left.submitRow(nowNs + row, requested.get(row)), at);
                }
            }
            assertSameBalances(seed);
        }
        assertReplays(right, seed);
        assertTrue(seen.contains(Status.LINKED_EVENT_FAILED) && seen.contains(Status.LINKED_EVENT_CHAIN_OPEN));
        assertSeenEnough();
    }

    /** Expires what is due on both sides: among rows alone it would happen between them, and not behind them all. */
    private void pulse() {
        nowNs = Math.max(nowNs, Math.max(left.machine.clockNs(), right.machine.clockNs()) + 1);
        left.driver.submitAt(nowNs, LedgerTypes.PULSE, left.buffer, 0, 0);
        right.driver.submitAt(nowNs, LedgerTypes.PULSE, right.buffer, 0, 0);
        nowNs += LedgerTypes.MAX_EXPIRIES + 1;
    }

    private void assertSameState(final long seed) {
        assertArrayEquals(DirectDriver.save(left.machine), DirectDriver.save(right.machine), () -> "seed " + seed);
        assertSameBalances(seed);
        assertReplays(left, seed);
    }

    private void assertSameBalances(final long seed) {
        for (long id = 1; id <= RandomTransfers.ACCOUNTS; id++) {
            final BigInteger account = BigInteger.valueOf(id);
            final AccountRecord expected = left.machine.account(account).orElseThrow();
            final String at = "seed " + seed + ", account " + id;
            assertEquals(
                    withoutTime(expected),
                    withoutTime(right.machine.account(account).orElseThrow()),
                    at);
            assertEquals(balances(expected), left.balances.balances(account).orElseThrow(), at);
            assertEquals(balances(expected), right.balances.balances(account).orElseThrow(), at);
        }
    }

    private static void assertReplays(final Side side, final long seed) {
        final byte[] live = DirectDriver.save(side.machine);
        final LedgerMachine replayed = new LedgerMachine();
        side.driver.replay(replayed::apply);
        assertArrayEquals(live, DirectDriver.save(replayed), () -> "seed " + seed);
        final LedgerMachine loaded = DirectDriver.load(new LedgerMachine(), live);
        assertArrayEquals(live, DirectDriver.save(loaded), () -> "seed " + seed);
    }

    /** Guards against a generator that hardly ever gets past the first rule. */
    private void assertSeenEnough() {
        final Set<Status> needed = EnumSet.of(
                Status.CREATED,
                Status.EXISTS_WITH_DIFFERENT_FLAGS,
                Status.ID_ALREADY_FAILED,
                Status.EXCEEDS_CREDITS,
                Status.EXCEEDS_DEBITS,
                Status.DEBIT_ACCOUNT_ALREADY_CLOSED,
                Status.PENDING_TRANSFER_ALREADY_POSTED,
                Status.PENDING_TRANSFER_ALREADY_VOIDED,
                Status.PENDING_TRANSFER_EXPIRED);
        needed.removeAll(seen);
        assertEquals(Set.of(), needed, () -> "statuses that no row had; seen: " + seen);
    }

    private static AccountRecord withoutTime(final AccountRecord account) {
        return new AccountRecord(
                account.id(),
                account.debitsPending(),
                account.debitsPosted(),
                account.creditsPending(),
                account.creditsPosted(),
                account.userData128(),
                account.userData64(),
                account.userData32(),
                account.ledger(),
                account.code(),
                account.flags(),
                0);
    }

    private static Balances balances(final AccountRecord account) {
        return new Balances(
                account.debitsPending(), account.debitsPosted(), account.creditsPending(), account.creditsPosted());
    }
}
