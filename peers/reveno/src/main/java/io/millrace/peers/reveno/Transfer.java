package io.millrace.peers.reveno;

import io.millrace.contest.Transfers;

/** The command: Reveno takes objects, so this has the fields of the 64 bytes. */
record Transfer(
        long id,
        long debit,
        long credit,
        long amount,
        long sentAt,
        int code,
        int ledger,
        long reference,
        long channel) {

    static Transfer of(final Transfers transfers) {
        return new Transfer(
                transfers.id(),
                transfers.debit(),
                transfers.credit(),
                transfers.amount(),
                transfers.id(),
                transfers.code(),
                transfers.ledger(),
                transfers.reference(),
                transfers.channel());
    }
}
