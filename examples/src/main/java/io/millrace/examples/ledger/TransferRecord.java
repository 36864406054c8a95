package io.millrace.examples.ledger;

import java.math.BigInteger;

/**
 * A transfer as it was made: the amount is the one moved, and a second phase has what it took from the pending transfer.
 * Flags are those of {@link TransferFlags}.
 */
public record TransferRecord(
        BigInteger id,
        BigInteger debitAccount,
        BigInteger creditAccount,
        BigInteger amount,
        BigInteger pendingId,
        BigInteger userData128,
        long userData64,
        int userData32,
        int timeout,
        int ledger,
        int code,
        int flags,
        long timestamp) {

    static TransferRecord of(final Transfer transfer) {
        return new TransferRecord(
                U128.toBigInteger(transfer.idLo, transfer.idHi),
                U128.toBigInteger(transfer.debitLo, transfer.debitHi),
                U128.toBigInteger(transfer.creditLo, transfer.creditHi),
                U128.toBigInteger(transfer.amountLo, transfer.amountHi),
                U128.toBigInteger(transfer.pendingLo, transfer.pendingHi),
                U128.toBigInteger(transfer.userData128Lo, transfer.userData128Hi),
                transfer.userData64,
                transfer.userData32,
                transfer.timeout,
                transfer.ledger,
                transfer.code,
                transfer.flags,
                transfer.timestamp);
    }
}
