package io.millrace.peers.reveno;

import io.millrace.contest.Books;
import io.millrace.contest.Transfer;

/** The one entity of the domain model. Of the engine's transaction thread. */
final class Ledger {
    /** Under which the repository has it. */
    static final long ID = 1;

    private final Books books;
    private long events;

    Ledger(final int accounts) {
        books = new Books(accounts);
    }

    boolean allows(final Transfer transfer) {
        return books.allows((int) transfer.debit(), transfer.amount());
    }

    Transferred decide(final Transfer transfer) {
        final long amount = transfer.amount();
        return Transferred.by(
                transfer,
                books.balance((int) transfer.debit()) - amount,
                books.balance((int) transfer.credit()) + amount);
    }

    void apply(final Transferred event) {
        books.apply((int) event.debit(), (int) event.credit(), event.amount());
        events++;
    }

    /** What a failed transaction is undone by. */
    void undo(final Transferred event) {
        books.apply((int) event.credit(), (int) event.debit(), event.amount());
        events--;
    }

    ReadLedger.State state() {
        return new ReadLedger.State(events, books.hash());
    }
}
