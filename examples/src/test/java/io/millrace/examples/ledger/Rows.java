package io.millrace.examples.ledger;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.math.BigInteger;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds the payloads of commands. */
final class Rows {
    private Rows() {}

    static UnsafeBuffer buffer(final int rows) {
        return new UnsafeBuffer(new byte[Math.max(1, rows) * AccountRowLayout.LENGTH]);
    }

    /** Writes a row that is zero but for these. */
    static void account(
            final MutableDirectBuffer buffer, final int row, final long id, final int ledger, final int flags) {
        final int at = row * AccountRowLayout.LENGTH;
        buffer.setMemory(at, AccountRowLayout.LENGTH, (byte) 0);
        buffer.putLong(at + AccountRowLayout.ID, id, LITTLE_ENDIAN);
        buffer.putInt(at + AccountRowLayout.LEDGER, ledger, LITTLE_ENDIAN);
        buffer.putShort(at + AccountRowLayout.CODE, (short) 1, LITTLE_ENDIAN);
        buffer.putShort(at + AccountRowLayout.FLAGS, (short) flags, LITTLE_ENDIAN);
    }

    /** Writes a row from a transfer as requested. */
    static void transfer(final MutableDirectBuffer buffer, final int row, final Transfer transfer) {
        final int at = row * TransferRowLayout.LENGTH;
        u128(buffer, at + TransferRowLayout.ID, transfer.idLo, transfer.idHi);
        u128(buffer, at + TransferRowLayout.DEBIT_ACCOUNT, transfer.debitLo, transfer.debitHi);
        u128(buffer, at + TransferRowLayout.CREDIT_ACCOUNT, transfer.creditLo, transfer.creditHi);
        u128(buffer, at + TransferRowLayout.AMOUNT, transfer.amountLo, transfer.amountHi);
        u128(buffer, at + TransferRowLayout.PENDING_ID, transfer.pendingLo, transfer.pendingHi);
        u128(buffer, at + TransferRowLayout.USER_DATA_128, transfer.userData128Lo, transfer.userData128Hi);
        buffer.putLong(at + TransferRowLayout.USER_DATA_64, transfer.userData64, LITTLE_ENDIAN);
        buffer.putInt(at + TransferRowLayout.USER_DATA_32, transfer.userData32, LITTLE_ENDIAN);
        buffer.putInt(at + TransferRowLayout.TIMEOUT, transfer.timeout, LITTLE_ENDIAN);
        buffer.putInt(at + TransferRowLayout.LEDGER, transfer.ledger, LITTLE_ENDIAN);
        buffer.putShort(at + TransferRowLayout.CODE, (short) transfer.code, LITTLE_ENDIAN);
        buffer.putShort(at + TransferRowLayout.FLAGS, (short) transfer.flags, LITTLE_ENDIAN);
        buffer.putLong(at + TransferRowLayout.TIMESTAMP, transfer.timestamp, LITTLE_ENDIAN);
    }

    /** Writes a compact command from a transfer whose other fields are zero. */
    static void command(final MutableDirectBuffer buffer, final Transfer transfer) {
        u128(buffer, TransferCommandLayout.ID, transfer.idLo, transfer.idHi);
        buffer.putLong(TransferCommandLayout.DEBIT_ACCOUNT, transfer.debitLo, LITTLE_ENDIAN);
        buffer.putLong(TransferCommandLayout.CREDIT_ACCOUNT, transfer.creditLo, LITTLE_ENDIAN);
        buffer.putLong(TransferCommandLayout.AMOUNT, transfer.amountLo, LITTLE_ENDIAN);
        buffer.putLong(TransferCommandLayout.USER_DATA_64, transfer.userData64, LITTLE_ENDIAN);
        buffer.putInt(TransferCommandLayout.TIMEOUT, transfer.timeout, LITTLE_ENDIAN);
        buffer.putInt(TransferCommandLayout.LEDGER, transfer.ledger, LITTLE_ENDIAN);
        buffer.putShort(TransferCommandLayout.CODE, (short) transfer.code, LITTLE_ENDIAN);
        buffer.putShort(TransferCommandLayout.FLAGS, (short) transfer.flags, LITTLE_ENDIAN);
        buffer.putInt(TransferCommandLayout.RESERVED, 0, LITTLE_ENDIAN);
    }

    static void u128(final MutableDirectBuffer buffer, final int offset, final BigInteger value) {
        u128(buffer, offset, U128.lo(value), U128.hi(value));
    }

    static void u128(final MutableDirectBuffer buffer, final int offset, final long lo, final long hi) {
        buffer.putLong(offset, lo, LITTLE_ENDIAN);
        buffer.putLong(offset + 8, hi, LITTLE_ENDIAN);
    }
}
