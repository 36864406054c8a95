package io.millrace.contest;

/** A command as an object, for peers that take objects: it has the fields of the 64 bytes. */
public record Transfer(
        long id,
        long debit,
        long credit,
        long amount,
        long sentAt,
        int code,
        int ledger,
        long reference,
        long channel) {
    /** The one at which the stream of transfers stands. */
    public static Transfer of(final Transfers transfers) {
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
