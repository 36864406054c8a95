package io.millrace.examples.ledger;

import static io.millrace.examples.ledger.LedgerTypes.SCHEMA_VERSION;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.engine.Decision;
import org.agrona.MutableDirectBuffer;

/** Emits what was decided. */
final class EventWriter {
    private static final long BURNT_STREAM = 0;

    private EventWriter() {}

    static void accountOpened(final Account account, final Decision decision) {
        final int at =
                decision.claim(LedgerTypes.ACCOUNT_OPENED, SCHEMA_VERSION, account.idLo, AccountOpenedLayout.LENGTH);
        final MutableDirectBuffer buffer = decision.buffer();
        u128(buffer, at + AccountOpenedLayout.ID, account.idLo, account.idHi);
        u128(buffer, at + AccountOpenedLayout.USER_DATA_128, account.userData128Lo, account.userData128Hi);
        u64(buffer, at + AccountOpenedLayout.USER_DATA_64, account.userData64);
        u64(buffer, at + AccountOpenedLayout.TIMESTAMP, account.timestamp);
        u32(buffer, at + AccountOpenedLayout.USER_DATA_32, account.userData32);
        u32(buffer, at + AccountOpenedLayout.LEDGER, account.ledger);
        u16(buffer, at + AccountOpenedLayout.CODE, account.code);
        u16(buffer, at + AccountOpenedLayout.FLAGS, account.flags);
        u32(buffer, at + AccountOpenedLayout.RESERVED, 0);
    }

    /** Emits a transfer of any kind that the rules have accepted and completed. */
    static void accepted(final Transfer transfer, final Decision decision) {
        if (transfer.has(TransferFlags.SECOND_PHASE)) {
            settled(transfer, decision);
        } else if (fitsShortForm(transfer)) {
            transferred(transfer, decision);
        } else {
            transferredWide(transfer, decision);
        }
    }

    static void burnt(final Transfer transfer, final Status status, final Decision decision) {
        final int at =
                decision.claim(LedgerTypes.TRANSFER_ID_BURNT, SCHEMA_VERSION, BURNT_STREAM, IdBurntLayout.LENGTH);
        final MutableDirectBuffer buffer = decision.buffer();
        u128(buffer, at + IdBurntLayout.ID, transfer.idLo, transfer.idHi);
        u64(buffer, at + IdBurntLayout.TIMESTAMP, transfer.timestamp);
        u64(buffer, at + IdBurntLayout.STATUS, status.code());
    }

    static void expired(final Transfer pending, final long timestamp, final Decision decision) {
        final int at = decision.claim(
                LedgerTypes.PENDING_EXPIRED, SCHEMA_VERSION, pending.debitLo, PendingExpiredLayout.LENGTH);
        final MutableDirectBuffer buffer = decision.buffer();
        u128(buffer, at + PendingExpiredLayout.PENDING_ID, pending.idLo, pending.idHi);
        u128(buffer, at + PendingExpiredLayout.DEBIT_ACCOUNT, pending.debitLo, pending.debitHi);
        u128(buffer, at + PendingExpiredLayout.CREDIT_ACCOUNT, pending.creditLo, pending.creditHi);
        u128(buffer, at + PendingExpiredLayout.RELEASED, pending.amountLo, pending.amountHi);
        u64(buffer, at + PendingExpiredLayout.TIMESTAMP, timestamp);
        u64(buffer, at + PendingExpiredLayout.PENDING_FLAGS, pending.flags);
    }

    static void adjusted(final Account account, final Decision decision) {
        final int at = decision.claim(
                LedgerTypes.BALANCES_ADJUSTED, SCHEMA_VERSION, account.idLo, BalancesAdjustedLayout.LENGTH);
        final MutableDirectBuffer buffer = decision.buffer();
        u128(buffer, at + BalancesAdjustedLayout.ID, account.idLo, account.idHi);
        for (int i = 0; i < Account.BALANCES; i++) {
            final int balance = at + BalancesAdjustedLayout.DEBITS_PENDING + (i << 4);
            u128(buffer, balance, account.balanceLo[i], account.balanceHi[i]);
        }
    }

    private static boolean fitsShortForm(final Transfer transfer) {
        return (transfer.debitHi
                        | transfer.creditHi
                        | transfer.amountHi
                        | transfer.userData128Lo
                        | transfer.userData128Hi
                        | transfer.userData32)
                == 0;
    }

    private static void transferred(final Transfer transfer, final Decision decision) {
        final int at =
                decision.claim(LedgerTypes.TRANSFERRED, SCHEMA_VERSION, transfer.debitLo, TransferredLayout.LENGTH);
        final MutableDirectBuffer buffer = decision.buffer();
        u128(buffer, at + TransferredLayout.ID, transfer.idLo, transfer.idHi);
        u64(buffer, at + TransferredLayout.DEBIT_ACCOUNT, transfer.debitLo);
        u64(buffer, at + TransferredLayout.CREDIT_ACCOUNT, transfer.creditLo);
        u64(buffer, at + TransferredLayout.AMOUNT, transfer.amountLo);
        u64(buffer, at + TransferredLayout.USER_DATA_64, transfer.userData64);
        u64(buffer, at + TransferredLayout.TIMESTAMP, transfer.timestamp);
        u32(buffer, at + TransferredLayout.TIMEOUT, transfer.timeout);
        u16(buffer, at + TransferredLayout.CODE, transfer.code);
        u16(buffer, at + TransferredLayout.FLAGS, transfer.flags);
    }

    private static void transferredWide(final Transfer transfer, final Decision decision) {
        final int at = decision.claim(
                LedgerTypes.TRANSFERRED_WIDE, SCHEMA_VERSION, transfer.debitLo, TransferredWideLayout.LENGTH);
        final MutableDirectBuffer buffer = decision.buffer();
        u128(buffer, at + TransferredWideLayout.ID, transfer.idLo, transfer.idHi);
        u128(buffer, at + TransferredWideLayout.DEBIT_ACCOUNT, transfer.debitLo, transfer.debitHi);
        u128(buffer, at + TransferredWideLayout.CREDIT_ACCOUNT, transfer.creditLo, transfer.creditHi);
        u128(buffer, at + TransferredWideLayout.AMOUNT, transfer.amountLo, transfer.amountHi);
        u128(buffer, at + TransferredWideLayout.USER_DATA_128, transfer.userData128Lo, transfer.userData128Hi);
        u64(buffer, at + TransferredWideLayout.USER_DATA_64, transfer.userData64);
        u64(buffer, at + TransferredWideLayout.TIMESTAMP, transfer.timestamp);
        u32(buffer, at + TransferredWideLayout.USER_DATA_32, transfer.userData32);
        u32(buffer, at + TransferredWideLayout.TIMEOUT, transfer.timeout);
        u16(buffer, at + TransferredWideLayout.CODE, transfer.code);
        u16(buffer, at + TransferredWideLayout.FLAGS, transfer.flags);
        u32(buffer, at + TransferredWideLayout.RESERVED, 0);
    }

    private static void settled(final Transfer transfer, final Decision decision) {
        final int type =
                transfer.has(TransferFlags.POST_PENDING) ? LedgerTypes.PENDING_POSTED : LedgerTypes.PENDING_VOIDED;
        final int at = decision.claim(type, SCHEMA_VERSION, transfer.debitLo, PendingSettledLayout.LENGTH);
        final MutableDirectBuffer buffer = decision.buffer();
        u128(buffer, at + PendingSettledLayout.ID, transfer.idLo, transfer.idHi);
        u128(buffer, at + PendingSettledLayout.DEBIT_ACCOUNT, transfer.debitLo, transfer.debitHi);
        u128(buffer, at + PendingSettledLayout.CREDIT_ACCOUNT, transfer.creditLo, transfer.creditHi);
        u128(buffer, at + PendingSettledLayout.AMOUNT, transfer.amountLo, transfer.amountHi);
        u128(buffer, at + PendingSettledLayout.RELEASED, transfer.releasedLo, transfer.releasedHi);
        u128(buffer, at + PendingSettledLayout.PENDING_ID, transfer.pendingLo, transfer.pendingHi);
        u128(buffer, at + PendingSettledLayout.USER_DATA_128, transfer.userData128Lo, transfer.userData128Hi);
        u64(buffer, at + PendingSettledLayout.USER_DATA_64, transfer.userData64);
        u64(buffer, at + PendingSettledLayout.TIMESTAMP, transfer.timestamp);
        u32(buffer, at + PendingSettledLayout.USER_DATA_32, transfer.userData32);
        u16(buffer, at + PendingSettledLayout.CODE, transfer.code);
        u16(buffer, at + PendingSettledLayout.FLAGS, transfer.flags);
        u64(buffer, at + PendingSettledLayout.PENDING_FLAGS, transfer.pendingFlags);
    }

    private static void u128(final MutableDirectBuffer buffer, final int offset, final long lo, final long hi) {
        buffer.putLong(offset, lo, LITTLE_ENDIAN);
        buffer.putLong(offset + 8, hi, LITTLE_ENDIAN);
    }

    private static void u64(final MutableDirectBuffer buffer, final int offset, final long value) {
        buffer.putLong(offset, value, LITTLE_ENDIAN);
    }

    private static void u32(final MutableDirectBuffer buffer, final int offset, final int value) {
        buffer.putInt(offset, value, LITTLE_ENDIAN);
    }

    private static void u16(final MutableDirectBuffer buffer, final int offset, final int value) {
        buffer.putShort(offset, (short) value, LITTLE_ENDIAN);
    }
}
