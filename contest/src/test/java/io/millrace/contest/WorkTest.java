package io.millrace.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class WorkTest {
    private static final Work WORK = new Work(100, 10_000, 7);

    @Test
    void shouldComeToTheSameWhenDoneAgain() {
        assertEquals(WORK.expected(), new Work(100, 10_000, 7).expected());
    }

    @Test
    void shouldComeToSomethingElseWhenOneTransferIsMissing() {
        final Answer shorter = new Work(100, 9_999, 7).expected();

        assertNotEquals(WORK.expected().stateHash(), shorter.stateHash());
        assertNotEquals(WORK.expected().readModelHash(), shorter.readModelHash());
    }

    @Test
    void shouldMoveMoneyBetweenTwoDifferentAccountsThatExist() {
        final Transfers transfers = WORK.transfers();
        for (int i = 1; i <= WORK.commands(); i++) {
            transfers.advance();

            assertEquals(i, transfers.id());
            assertNotEquals(transfers.debit(), transfers.credit());
            assertTrue(transfers.debit() >= 0 && transfers.debit() < WORK.accounts(), transfers::toString);
            assertTrue(transfers.credit() >= 0 && transfers.credit() < WORK.accounts(), transfers::toString);
            assertTrue(transfers.amount() > 0, transfers::toString);
        }
    }

    @Test
    void shouldKeepTheSumOfAllBalancesWhenMoneyIsMoved() {
        final Books books = new Books(2);

        books.apply(0, 1, 5);

        assertEquals(Work.OPENING_BALANCE - 5, books.balance(0));
        assertEquals(Work.OPENING_BALANCE + 5, books.balance(1));
        assertTrue(books.allows(0, Work.OPENING_BALANCE - 5));
        assertTrue(!books.allows(0, Work.OPENING_BALANCE - 4));
    }

    @Test
    void shouldWriteWhatItTellsOf() {
        final ByteBuffer buffer = ByteBuffer.allocate(Transfers.COMMAND_BYTES).order(Transfers.BYTE_ORDER);
        final Transfers transfers = WORK.transfers();
        transfers.advance();

        transfers.write(buffer, 0);
        Transfers.toEvent(buffer, 0, 17, 18);

        assertEquals(transfers.id(), buffer.getLong(Transfers.ID_OFFSET));
        assertEquals(transfers.debit(), buffer.getLong(Transfers.DEBIT_OFFSET));
        assertEquals(transfers.credit(), buffer.getLong(Transfers.CREDIT_OFFSET));
        assertEquals(transfers.amount(), buffer.getLong(Transfers.AMOUNT_OFFSET));
        assertEquals(17, buffer.getLong(Transfers.DEBIT_BALANCE_OFFSET));
        assertEquals(18, buffer.getLong(Transfers.CREDIT_BALANCE_OFFSET));
    }
}
