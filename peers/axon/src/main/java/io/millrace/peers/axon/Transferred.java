package io.millrace.peers.axon;

/** The event, with the fields of the 64 bytes. */
record Transferred(
        long id,
        long debit,
        long credit,
        long amount,
        long sentAt,
        int code,
        int ledger,
        long debitBalance,
        long creditBalance) {
    static Transferred of(final Transfer command, final long debitBalance, final long creditBalance) {
        return new Transferred(
                command.id(),
                command.debit(),
                command.credit(),
                command.amount(),
                command.sentAt(),
                command.code(),
                command.ledger(),
                debitBalance,
                creditBalance);
    }
}
