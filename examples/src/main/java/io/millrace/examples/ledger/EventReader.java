package io.millrace.examples.ledger;

import static io.millrace.examples.ledger.RequestReader.u16;
import static io.millrace.examples.ledger.RequestReader.u32;
import static io.millrace.examples.ledger.RequestReader.u64;

import org.agrona.DirectBuffer;

/** Reads events back into accounts and transfers; refs are left alone. */
final class EventReader {
    private EventReader() {}

    static void accountOpened(final DirectBuffer buffer, final int at, final Account into) {
        into.idLo = u64(buffer, at + AccountOpenedLayout.ID);
        into.idHi = u64(buffer, at + AccountOpenedLayout.ID + 8);
        for (int i = 0; i < Account.BALANCES; i++) {
            into.balanceLo[i] = 0;
            into.balanceHi[i] = 0;
        }
        into.userData128Lo = u64(buffer, at + AccountOpenedLayout.USER_DATA_128);
        into.userData128Hi = u64(buffer, at + AccountOpenedLayout.USER_DATA_128 + 8);
        into.userData64 = u64(buffer, at + AccountOpenedLayout.USER_DATA_64);
        into.timestamp = u64(buffer, at + AccountOpenedLayout.TIMESTAMP);
        into.userData32 = u32(buffer, at + AccountOpenedLayout.USER_DATA_32);
        into.ledger = u32(buffer, at + AccountOpenedLayout.LEDGER);
        into.code = u16(buffer, at + AccountOpenedLayout.CODE);
        into.flags = u16(buffer, at + AccountOpenedLayout.FLAGS);
    }

    static void transferred(final DirectBuffer buffer, final int at, final Transfer into) {
        into.idLo = u64(buffer, at + TransferredLayout.ID);
        into.idHi = u64(buffer, at + TransferredLayout.ID + 8);
        into.debitLo = u64(buffer, at + TransferredLayout.DEBIT_ACCOUNT);
        into.debitHi = 0;
        into.creditLo = u64(buffer, at + TransferredLayout.CREDIT_ACCOUNT);
        into.creditHi = 0;
        into.amountLo = u64(buffer, at + TransferredLayout.AMOUNT);
        into.amountHi = 0;
        into.userData128Lo = 0;
        into.userData128Hi = 0;
        into.userData64 = u64(buffer, at + TransferredLayout.USER_DATA_64);
        into.userData32 = 0;
        into.timestamp = u64(buffer, at + TransferredLayout.TIMESTAMP);
        into.timeout = u32(buffer, at + TransferredLayout.TIMEOUT);
        into.code = u16(buffer, at + TransferredLayout.CODE);
        into.flags = u16(buffer, at + TransferredLayout.FLAGS);
    }

    static void transferredWide(final DirectBuffer buffer, final int at, final Transfer into) {
        into.idLo = u64(buffer, at + TransferredWideLayout.ID);
        into.idHi = u64(buffer, at + TransferredWideLayout.ID + 8);
        into.debitLo = u64(buffer, at + TransferredWideLayout.DEBIT_ACCOUNT);
        into.debitHi = u64(buffer, at + TransferredWideLayout.DEBIT_ACCOUNT + 8);
        into.creditLo = u64(buffer, at + TransferredWideLayout.CREDIT_ACCOUNT);
        into.creditHi = u64(buffer, at + TransferredWideLayout.CREDIT_ACCOUNT + 8);
        into.amountLo = u64(buffer, at + TransferredWideLayout.AMOUNT);
        into.amountHi = u64(buffer, at + TransferredWideLayout.AMOUNT + 8);
        into.userData128Lo = u64(buffer, at + TransferredWideLayout.USER_DATA_128);
        into.userData128Hi = u64(buffer, at + TransferredWideLayout.USER_DATA_128 + 8);
        into.userData64 = u64(buffer, at + TransferredWideLayout.USER_DATA_64);
        into.timestamp = u64(buffer, at + TransferredWideLayout.TIMESTAMP);
        into.userData32 = u32(buffer, at + TransferredWideLayout.USER_DATA_32);
        into.timeout = u32(buffer, at + TransferredWideLayout.TIMEOUT);
        into.code = u16(buffer, at + TransferredWideLayout.CODE);
        into.flags = u16(buffer, at + TransferredWideLayout.FLAGS);
    }

    static void settled(final DirectBuffer buffer, final int at, final Transfer into) {
        into.idLo = u64(buffer, at + PendingSettledLayout.ID);
        into.idHi = u64(buffer, at + PendingSettledLayout.ID + 8);
        into.debitLo = u64(buffer, at + PendingSettledLayout.DEBIT_ACCOUNT);
        into.debitHi = u64(buffer, at + PendingSettledLayout.DEBIT_ACCOUNT + 8);
        into.creditLo = u64(buffer, at + PendingSettledLayout.CREDIT_ACCOUNT);
        into.creditHi = u64(buffer, at + PendingSettledLayout.CREDIT_ACCOUNT + 8);
        into.amountLo = u64(buffer, at + PendingSettledLayout.AMOUNT);
        into.amountHi = u64(buffer, at + PendingSettledLayout.AMOUNT + 8);
        into.releasedLo = u64(buffer, at + PendingSettledLayout.RELEASED);
        into.releasedHi = u64(buffer, at + PendingSettledLayout.RELEASED + 8);
        into.pendingLo = u64(buffer, at + PendingSettledLayout.PENDING_ID);
        into.pendingHi = u64(buffer, at + PendingSettledLayout.PENDING_ID + 8);
        into.userData128Lo = u64(buffer, at + PendingSettledLayout.USER_DATA_128);
        into.userData128Hi = u64(buffer, at + PendingSettledLayout.USER_DATA_128 + 8);
        into.userData64 = u64(buffer, at + PendingSettledLayout.USER_DATA_64);
        into.timestamp = u64(buffer, at + PendingSettledLayout.TIMESTAMP);
        into.userData32 = u32(buffer, at + PendingSettledLayout.USER_DATA_32);
        into.timeout = 0;
        into.code = u16(buffer, at + PendingSettledLayout.CODE);
        into.flags = u16(buffer, at + PendingSettledLayout.FLAGS);
        into.pendingFlags = u16(buffer, at + PendingSettledLayout.PENDING_FLAGS);
    }

    /** What a timeout released, as if it were the pending transfer. */
    static void expired(final DirectBuffer buffer, final int at, final Transfer into) {
        into.idLo = u64(buffer, at + PendingExpiredLayout.PENDING_ID);
        into.idHi = u64(buffer, at + PendingExpiredLayout.PENDING_ID + 8);
        into.debitLo = u64(buffer, at + PendingExpiredLayout.DEBIT_ACCOUNT);
        into.debitHi = u64(buffer, at + PendingExpiredLayout.DEBIT_ACCOUNT + 8);
        into.creditLo = u64(buffer, at + PendingExpiredLayout.CREDIT_ACCOUNT);
        into.creditHi = u64(buffer, at + PendingExpiredLayout.CREDIT_ACCOUNT + 8);
        into.amountLo = u64(buffer, at + PendingExpiredLayout.RELEASED);
        into.amountHi = u64(buffer, at + PendingExpiredLayout.RELEASED + 8);
        into.timestamp = u64(buffer, at + PendingExpiredLayout.TIMESTAMP);
        into.flags = u16(buffer, at + PendingExpiredLayout.PENDING_FLAGS);
    }
}
