package io.millrace.examples.ledger;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/** Reads rows and commands. */
final class RequestReader {
    private static final int U16_MASK = 0xFFFF;

    private RequestReader() {}

    /** Reads all of a row of {@link LedgerTypes#CREATE_ACCOUNTS} but the reserved field. */
    static void accountRow(final DirectBuffer buffer, final int offset, final Account into) {
        into.idLo = u64(buffer, offset + AccountRowLayout.ID);
        into.idHi = u64(buffer, offset + AccountRowLayout.ID + 8);
        balances(buffer, offset + AccountRowLayout.DEBITS_PENDING, into);
        into.userData128Lo = u64(buffer, offset + AccountRowLayout.USER_DATA_128);
        into.userData128Hi = u64(buffer, offset + AccountRowLayout.USER_DATA_128 + 8);
        into.userData64 = u64(buffer, offset + AccountRowLayout.USER_DATA_64);
        into.userData32 = u32(buffer, offset + AccountRowLayout.USER_DATA_32);
        into.ledger = u32(buffer, offset + AccountRowLayout.LEDGER);
        into.code = u16(buffer, offset + AccountRowLayout.CODE);
        into.flags = u16(buffer, offset + AccountRowLayout.FLAGS);
        into.timestamp = u64(buffer, offset + AccountRowLayout.TIMESTAMP);
    }

    /** Reads a row of {@link LedgerTypes#CREATE_TRANSFERS}. */
    static void transferRow(final DirectBuffer buffer, final int offset, final Transfer into) {
        into.idLo = u64(buffer, offset + TransferRowLayout.ID);
        into.idHi = u64(buffer, offset + TransferRowLayout.ID + 8);
        into.debitLo = u64(buffer, offset + TransferRowLayout.DEBIT_ACCOUNT);
        into.debitHi = u64(buffer, offset + TransferRowLayout.DEBIT_ACCOUNT + 8);
        into.creditLo = u64(buffer, offset + TransferRowLayout.CREDIT_ACCOUNT);
        into.creditHi = u64(buffer, offset + TransferRowLayout.CREDIT_ACCOUNT + 8);
        into.amountLo = u64(buffer, offset + TransferRowLayout.AMOUNT);
        into.amountHi = u64(buffer, offset + TransferRowLayout.AMOUNT + 8);
        into.pendingLo = u64(buffer, offset + TransferRowLayout.PENDING_ID);
        into.pendingHi = u64(buffer, offset + TransferRowLayout.PENDING_ID + 8);
        into.userData128Lo = u64(buffer, offset + TransferRowLayout.USER_DATA_128);
        into.userData128Hi = u64(buffer, offset + TransferRowLayout.USER_DATA_128 + 8);
        into.userData64 = u64(buffer, offset + TransferRowLayout.USER_DATA_64);
        into.userData32 = u32(buffer, offset + TransferRowLayout.USER_DATA_32);
        into.timeout = u32(buffer, offset + TransferRowLayout.TIMEOUT);
        into.ledger = u32(buffer, offset + TransferRowLayout.LEDGER);
        into.code = u16(buffer, offset + TransferRowLayout.CODE);
        into.flags = u16(buffer, offset + TransferRowLayout.FLAGS);
        into.timestamp = u64(buffer, offset + TransferRowLayout.TIMESTAMP);
    }

    /** Reads a {@link LedgerTypes#TRANSFER} command; what it has no room for becomes 0. */
    static void transferCommand(final DirectBuffer buffer, final int offset, final Transfer into) {
        into.idLo = u64(buffer, offset + TransferCommandLayout.ID);
        into.idHi = u64(buffer, offset + TransferCommandLayout.ID + 8);
        into.debitLo = u64(buffer, offset + TransferCommandLayout.DEBIT_ACCOUNT);
        into.debitHi = 0;
        into.creditLo = u64(buffer, offset + TransferCommandLayout.CREDIT_ACCOUNT);
        into.creditHi = 0;
        into.amountLo = u64(buffer, offset + TransferCommandLayout.AMOUNT);
        into.amountHi = 0;
        into.pendingLo = 0;
        into.pendingHi = 0;
        into.userData128Lo = 0;
        into.userData128Hi = 0;
        into.userData64 = u64(buffer, offset + TransferCommandLayout.USER_DATA_64);
        into.userData32 = 0;
        into.timeout = u32(buffer, offset + TransferCommandLayout.TIMEOUT);
        into.ledger = u32(buffer, offset + TransferCommandLayout.LEDGER);
        into.code = u16(buffer, offset + TransferCommandLayout.CODE);
        into.flags = u16(buffer, offset + TransferCommandLayout.FLAGS);
        into.timestamp = 0;
    }

    /** Reads four balances that lie one behind the other. */
    static void balances(final DirectBuffer buffer, final int offset, final Account into) {
        for (int i = 0; i < Account.BALANCES; i++) {
            into.balanceLo[i] = u64(buffer, offset + (i << 4));
            into.balanceHi[i] = u64(buffer, offset + (i << 4) + 8);
        }
    }

    static long u64(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, LITTLE_ENDIAN);
    }

    static int u32(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset, LITTLE_ENDIAN);
    }

    static int u16(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, LITTLE_ENDIAN) & U16_MASK;
    }
}
