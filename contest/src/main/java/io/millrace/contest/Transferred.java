package io.millrace.contest;

/** An event as an object, for peers that keep objects: it has the fields of the 64 bytes. */
public record Transferred(
        long id,
        long debit,
        long credit,
        long amount,
        long sentAt,
        int code,
        int ledger,
        long debitBalance,
        long creditBalance) {
    /** What a command leaves behind. */
    public static Transferred of(final Transfer command, final long debitBalance, final long creditBalance) {
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
