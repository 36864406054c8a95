package io.millrace.examples.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeStatus;
import io.millrace.examples.driver.DirectDriver;
import io.millrace.journal.EventView;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpirationsTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SEED = 11;

    private final LedgerMachine machine = new LedgerMachine();
    private final List<Long> expired = new ArrayList<>();
    private final DirectDriver driver = new DirectDriver(machine, this::onEvent);
    private final UnsafeBuffer buffer = Rows.buffer(2);
    private final Transfer transfer = new Transfer();
    private long nowNs = 1;

    @BeforeEach
    void openAccounts() {
        Rows.account(buffer, 0, 1, 1, 0);
        Rows.account(buffer, 1, 2, 1, 0);
        driver.submitAt(nowNs, LedgerTypes.CREATE_ACCOUNTS, buffer, 0, 2 * AccountRowLayout.LENGTH);
    }

    @Test
    void shouldExpireInTheOrderOfExpiryWhenMoreAreDueThanACommandTakes() {
        final Random random = new Random(SEED);
        final int count = 4 * LedgerTypes.MAX_EXPIRIES + 10;
        final List<long[]> expected = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            final int timeout = 1 + random.nextInt(20);
            assertEquals(Status.CREATED.code(), reserve(id, timeout).code());
            expected.add(new long[] {timeout, id});
        }
        nowNs += 100 * SECOND_NS;
        for (int i = 0; i < 4; i++) {
            assertEquals(LedgerTypes.MORE_DUE, pulse().code());
        }
        assertEquals(0, pulse().code());
        expected.sort(Comparator.<long[]>comparingLong(due -> due[0]).thenComparingLong(due -> due[1]));
        assertEquals(expected.stream().map(due -> due[1]).toList(), expired, () -> "seed " + SEED);
        assertEquals(BigInteger.ZERO, account(1).debitsPending());
        assertEquals(BigInteger.ZERO, account(2).creditsPending());
    }

    @Test
    void shouldSkipWhatWasSettledWhenOthersExpire() {
        final Random random = new Random(SEED);
        final int count = 5000;
        for (int id = 1; id <= count; id++) {
            reserve(id, 1 + random.nextInt(20));
        }
        for (int id = 1; id <= count; id++) {
            if (id % 5 != 0) {
                assertEquals(Status.CREATED.code(), settle(count + id, id));
            }
        }
        assertTrue(expired.isEmpty());
        final byte[] saved = DirectDriver.save(machine);
        assertArrayEquals(saved, DirectDriver.save(DirectDriver.load(new LedgerMachine(), saved)));
        nowNs += 100 * SECOND_NS;
        while (pulse().code() == LedgerTypes.MORE_DUE) {
            assertTrue(expired.size() % LedgerTypes.MAX_EXPIRIES == 0);
        }
        assertEquals(count / 5, expired.size());
        assertTrue(expired.stream().allMatch(id -> id % 5 == 0));
        assertEquals(BigInteger.ZERO, account(1).debitsPending());
        assertEquals(BigInteger.valueOf(4 * count / 5), account(1).debitsPosted());
    }

    @Test
    void shouldExpireBehindTheRowWhenATransferFindsSomethingDue() {
        reserve(1, 1);
        nowNs += 2 * SECOND_NS;
        final Outcome outcome = reserve(2, 1);
        assertEquals(Status.CREATED.code(), outcome.code());
        assertEquals(2, outcome.lastSequence() - outcome.firstSequence() + 1);
        assertEquals(List.of(1L), expired);
        assertEquals(BigInteger.ONE, account(1).debitsPending());
    }

    /** A rejected command has no events; this one has some that are not its own. */
    @Test
    void shouldAcceptWithTheStatusOfTheFailureWhenATransferFailsAndSomethingIsDue() {
        reserve(1, 1);
        nowNs += 2 * SECOND_NS;
        final Outcome outcome = reserve(1, 2);
        assertEquals(Status.EXISTS_WITH_DIFFERENT_TIMEOUT.code(), outcome.code());
        assertEquals(OutcomeStatus.ACCEPTED, outcome.status());
        assertEquals(List.of(1L), expired);
    }

    @Test
    void shouldDoNothingWhenAPulseFindsNothingDue() {
        reserve(1, 5);
        final Outcome outcome = pulse();
        assertEquals(OutcomeStatus.ACCEPTED, outcome.status());
        assertEquals(0, outcome.firstSequence());
    }

    private Outcome reserve(final long id, final int timeout) {
        transfer.idLo = id;
        transfer.debitLo = 1;
        transfer.creditLo = 2;
        transfer.amountLo = 1;
        transfer.pendingLo = 0;
        transfer.timeout = timeout;
        transfer.ledger = 1;
        transfer.code = 1;
        transfer.flags = TransferFlags.PENDING;
        Rows.command(buffer, transfer);
        return driver.submitAt(++nowNs, LedgerTypes.TRANSFER, buffer, 0, TransferCommandLayout.LENGTH);
    }

    private int settle(final long id, final long pendingId) {
        transfer.idLo = id;
        transfer.pendingLo = pendingId;
        transfer.timeout = 0;
        transfer.flags = TransferFlags.POST_PENDING;
        Rows.transfer(buffer, 0, transfer);
        return driver.submitAt(++nowNs, LedgerTypes.CREATE_TRANSFERS, buffer, 0, TransferRowLayout.LENGTH)
                .result()[0];
    }

    private Outcome pulse() {
        return driver.submitAt(++nowNs, LedgerTypes.PULSE, buffer, 0, 0);
    }

    private AccountRecord account(final long id) {
        return machine.account(BigInteger.valueOf(id)).orElseThrow();
    }

    private void onEvent(final EventView event) {
        if (event.typeId() == LedgerTypes.PENDING_EXPIRED) {
            expired.add(RequestReader.u64(event.buffer(), event.offset() + PendingExpiredLayout.PENDING_ID));
        }
    }
}
