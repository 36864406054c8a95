package io.millrace.examples.ledger;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.examples.ledger.Scenarios.Statement;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** From the columns of a table to rows of commands, and to what a look-up must find once the row was accepted. */
final class ScenarioRows {
    private static final int ACCOUNT_COLUMNS = 20;
    private static final int TRANSFER_COLUMNS = 23;
    private static final BigInteger U128_MAX = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    private ScenarioRows() {}

    static void account(final Statement row, final MutableDirectBuffer buffer, final int at) {
        check(row, ACCOUNT_COLUMNS);
        for (int i = 0; i <= Account.BALANCES; i++) {
            Rows.u128(buffer, at + (i << 4), row.number(i, 128));
        }
        Rows.u128(buffer, at + AccountRowLayout.USER_DATA_128, row.number(5, 128));
        u64(buffer, at + AccountRowLayout.USER_DATA_64, row.number(6, 64));
        u32(buffer, at + AccountRowLayout.USER_DATA_32, row.number(7, 32));
        u32(buffer, at + AccountRowLayout.RESERVED, row.number(8, 1));
        u32(buffer, at + AccountRowLayout.LEDGER, row.number(9, 32));
        u16(buffer, at + AccountRowLayout.CODE, row.number(10, 16).intValue());
        final int flags = row.flags(
                11,
                List.of("LNK", "D<C", "C<D", "HIST", "IMP", "CLSD"),
                AccountFlags.LINKED,
                AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS,
                AccountFlags.CREDITS_MUST_NOT_EXCEED_DEBITS,
                AccountFlags.HISTORY,
                AccountFlags.IMPORTED,
                AccountFlags.CLOSED);
        u16(buffer, at + AccountRowLayout.FLAGS, row.isSet(17) ? flags | AccountFlags.PADDING : flags);
        u64(buffer, at + AccountRowLayout.TIMESTAMP, row.number(18, 64));
    }

    static void transfer(final Statement row, final MutableDirectBuffer buffer, final int at) {
        check(row, TRANSFER_COLUMNS);
        for (int i = 0; i < 6; i++) {
            Rows.u128(buffer, at + (i << 4), row.number(i, 128));
        }
        u64(buffer, at + TransferRowLayout.USER_DATA_64, row.number(6, 64));
        u32(buffer, at + TransferRowLayout.USER_DATA_32, row.number(7, 32));
        u32(buffer, at + TransferRowLayout.TIMEOUT, row.number(8, 32));
        u32(buffer, at + TransferRowLayout.LEDGER, row.number(9, 32));
        u16(buffer, at + TransferRowLayout.CODE, row.number(10, 16).intValue());
        final int flags = row.flags(
                11,
                List.of("LNK", "PEN", "POS", "VOI", "BDR", "BCR", "IMP", "CDR", "CCR"),
                TransferFlags.LINKED,
                TransferFlags.PENDING,
                TransferFlags.POST_PENDING,
                TransferFlags.VOID_PENDING,
                TransferFlags.BALANCING_DEBIT,
                TransferFlags.BALANCING_CREDIT,
                TransferFlags.IMPORTED,
                TransferFlags.CLOSING_DEBIT,
                TransferFlags.CLOSING_CREDIT);
        u16(buffer, at + TransferRowLayout.FLAGS, row.isSet(20) ? flags | TransferFlags.PADDING : flags);
        u64(buffer, at + TransferRowLayout.TIMESTAMP, row.number(21, 64));
    }

    /** The account as created, with balances that no look-up compares. */
    static AccountRecord expectedAccount(final UnsafeBuffer buffer, final int at, final long rowNs) {
        final Account row = new Account();
        RequestReader.accountRow(buffer, at, row);
        if (!row.has(AccountFlags.IMPORTED)) {
            row.timestamp = rowNs;
        }
        return AccountRecord.of(row);
    }

    /** The transfer as created; one that balances with the amount that was asked for. */
    static TransferRecord expectedTransfer(
            final UnsafeBuffer buffer, final int at, final long rowNs, final Map<BigInteger, TransferRecord> created) {
        final Transfer row = new Transfer();
        RequestReader.transferRow(buffer, at, row);
        if (!row.has(TransferFlags.IMPORTED)) {
            row.timestamp = rowNs;
        }
        final TransferRecord asked = TransferRecord.of(row);
        return row.has(TransferFlags.SECOND_PHASE) ? settled(asked, created.get(asked.pendingId())) : asked;
    }

    static TransferRecord withAmount(final TransferRecord transfer, final BigInteger amount) {
        return new TransferRecord(
                transfer.id(),
                transfer.debitAccount(),
                transfer.creditAccount(),
                amount,
                transfer.pendingId(),
                transfer.userData128(),
                transfer.userData64(),
                transfer.userData32(),
                transfer.timeout(),
                transfer.ledger(),
                transfer.code(),
                transfer.flags(),
                transfer.timestamp());
    }

    private static TransferRecord settled(final TransferRecord asked, final TransferRecord pending) {
        final boolean posts = (asked.flags() & TransferFlags.POST_PENDING) != 0;
        final boolean whole = asked.amount().equals(posts ? U128_MAX : BigInteger.ZERO);
        return new TransferRecord(
                asked.id(),
                pending.debitAccount(),
                pending.creditAccount(),
                whole ? pending.amount() : asked.amount(),
                asked.pendingId(),
                asked.userData128().signum() == 0 ? pending.userData128() : asked.userData128(),
                asked.userData64() == 0 ? pending.userData64() : asked.userData64(),
                asked.userData32() == 0 ? pending.userData32() : asked.userData32(),
                0,
                pending.ledger(),
                pending.code(),
                asked.flags(),
                asked.timestamp());
    }

    private static void check(final Statement row, final int columns) {
        if (row.columns().size() != columns) {
            throw new IllegalStateException("line " + row.line() + ": row must have " + columns + " columns: "
                    + row.columns().size());
        }
    }

    private static void u64(final MutableDirectBuffer buffer, final int at, final BigInteger value) {
        buffer.putLong(at, value.longValue(), LITTLE_ENDIAN);
    }

    private static void u32(final MutableDirectBuffer buffer, final int at, final BigInteger value) {
        buffer.putInt(at, value.intValue(), LITTLE_ENDIAN);
    }

    private static void u16(final MutableDirectBuffer buffer, final int at, final int value) {
        buffer.putShort(at, (short) value, LITTLE_ENDIAN);
    }
}
