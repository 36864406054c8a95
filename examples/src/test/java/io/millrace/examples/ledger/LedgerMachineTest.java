package io.millrace.examples.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeStatus;
import io.millrace.examples.driver.DirectDriver;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerMachineTest {
    private static final int ROWS = 1000;

    private final LedgerMachine machine = new LedgerMachine();
    private final DirectDriver driver = new DirectDriver(machine);
    private final UnsafeBuffer buffer = Rows.buffer(LedgerTypes.MAX_BATCH_ROWS + 1);

    @ParameterizedTest
    @CsvSource({
        LedgerTypes.TRANSFER + ", 63, " + LedgerTypes.BAD_LENGTH,
        LedgerTypes.TRANSFER + ", 128, " + LedgerTypes.BAD_LENGTH,
        LedgerTypes.CREATE_ACCOUNTS + ", 127, " + LedgerTypes.BAD_LENGTH,
        LedgerTypes.CREATE_TRANSFERS + ", 129, " + LedgerTypes.BAD_LENGTH,
        LedgerTypes.PULSE + ", 8, " + LedgerTypes.BAD_LENGTH,
        LedgerTypes.ADJUST_BALANCES + ", 80, " + LedgerTypes.NOT_ALLOWED,
        "99, 64, " + LedgerTypes.UNKNOWN_COMMAND
    })
    void shouldRejectWhenTheCommandIsMalformed(final int typeId, final int length, final int code) {
        assertRejected(code, driver.submit(typeId, buffer, 0, length));
    }

    @Test
    void shouldRejectWhenABatchHasTooManyRows() {
        final int length = (LedgerTypes.MAX_BATCH_ROWS + 1) * TransferRowLayout.LENGTH;
        assertRejected(LedgerTypes.BAD_LENGTH, driver.submit(LedgerTypes.CREATE_TRANSFERS, buffer, 0, length));
    }

    @Test
    void shouldRejectWhenTimeIsAtItsEnd() {
        final Outcome outcome = driver.submitAt(Long.MAX_VALUE - 1, LedgerTypes.PULSE, buffer, 0, 0);
        assertRejected(LedgerTypes.END_OF_TIME, outcome);
    }

    @Test
    void shouldRejectWhenTheUnusedBytesOfATransferAreNotZero() {
        buffer.putInt(TransferCommandLayout.RESERVED, 1);
        final Outcome outcome = driver.submit(LedgerTypes.TRANSFER, buffer, 0, TransferCommandLayout.LENGTH);
        assertRejected(Status.RESERVED_FIELD.code(), outcome);
    }

    @Test
    void shouldAdjustOnlyWhatFitsWhenAdjustmentsAreAllowed() {
        final LedgerMachine open = new LedgerMachine(true);
        final DirectDriver adjuster = new DirectDriver(open);
        buffer.setMemory(0, BalancesAdjustedLayout.LENGTH, (byte) -1);
        buffer.putLong(BalancesAdjustedLayout.ID, 7);
        buffer.putLong(BalancesAdjustedLayout.ID + 8, 0);
        final int length = BalancesAdjustedLayout.LENGTH;
        assertRejected(LedgerTypes.NO_SUCH_ACCOUNT, adjuster.submit(LedgerTypes.ADJUST_BALANCES, buffer, 0, length));
        final UnsafeBuffer row = Rows.buffer(1);
        Rows.account(row, 0, 7, 1, 0);
        adjuster.submit(LedgerTypes.CREATE_ACCOUNTS, row, 0, AccountRowLayout.LENGTH);
        assertRejected(LedgerTypes.BALANCES_OVERFLOW, adjuster.submit(LedgerTypes.ADJUST_BALANCES, buffer, 0, length));
        assertEquals(
                BigInteger.ZERO,
                open.account(BigInteger.valueOf(7)).orElseThrow().debitsPosted());
    }

    /** An id is burnt by an event, so the command that failed is accepted; ids that failed otherwise are free. */
    @Test
    void shouldKeepTheIdOfAFailureWhenItBurnsIt() {
        openAccounts(1);
        final Transfer transfer = transfer(5, 1, 99);
        Rows.command(buffer, transfer);
        final Outcome burnt = driver.submit(LedgerTypes.TRANSFER, buffer, 0, TransferCommandLayout.LENGTH);
        assertEquals(OutcomeStatus.ACCEPTED, burnt.status());
        assertEquals(Status.CREDIT_ACCOUNT_NOT_FOUND.code(), burnt.code());
        assertTrue(machine.transfer(BigInteger.valueOf(5)).isEmpty());
        final Outcome again = driver.submit(LedgerTypes.TRANSFER, buffer, 0, TransferCommandLayout.LENGTH);
        assertRejected(Status.ID_ALREADY_FAILED.code(), again);
    }

    @Test
    void shouldUndoALongChainWhenItsLastRowFails() {
        openAccounts(ROWS);
        final byte[] before = DirectDriver.save(machine);
        for (int row = 0; row < ROWS; row++) {
            final Transfer transfer = transfer(row + 1, 1 + row % ROWS, 1 + (row + 1) % ROWS);
            transfer.flags = row == ROWS - 1 ? 0 : TransferFlags.LINKED;
            transfer.code = row == ROWS - 1 ? 0 : 1;
            Rows.transfer(buffer, row, transfer);
        }
        final Outcome outcome = driver.submit(LedgerTypes.CREATE_TRANSFERS, buffer, 0, ROWS * TransferRowLayout.LENGTH);
        final byte[] expected = new byte[ROWS];
        Arrays.fill(expected, Status.LINKED_EVENT_FAILED.code());
        expected[ROWS - 1] = Status.CODE_MUST_NOT_BE_ZERO.code();
        assertArrayEquals(expected, outcome.result());
        assertEquals(0, outcome.firstSequence());
        assertArrayEquals(before, DirectDriver.save(machine));
    }

    @Test
    void shouldRefuseToLoadWhenTheVersionIsUnknown() {
        final DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[] {0, 0, 0, 9}));
        assertThrows(IOException.class, () -> machine.load(in));
    }

    @Test
    void shouldGiveEveryStatusItsOwnCode() {
        for (final Status status : Status.values()) {
            assertSame(status, Status.ofCode(status.code()));
        }
    }

    private void openAccounts(final int count) {
        for (int row = 0; row < count; row++) {
            Rows.account(buffer, row, row + 1L, 1, 0);
        }
        driver.submit(LedgerTypes.CREATE_ACCOUNTS, buffer, 0, count * AccountRowLayout.LENGTH);
        assertEquals(count, machine.accountCount());
    }

    private static Transfer transfer(final long id, final long debit, final long credit) {
        final Transfer transfer = new Transfer();
        transfer.idLo = id;
        transfer.debitLo = debit;
        transfer.creditLo = credit;
        transfer.amountLo = 1;
        transfer.ledger = 1;
        transfer.code = 1;
        return transfer;
    }

    private static void assertRejected(final int code, final Outcome outcome) {
        assertEquals(OutcomeStatus.REJECTED, outcome.status());
        assertEquals(code, outcome.code());
        assertEquals(0, outcome.firstSequence());
    }
}
