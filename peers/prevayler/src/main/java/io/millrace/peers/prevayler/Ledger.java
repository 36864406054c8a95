package io.millrace.peers.prevayler;

import io.millrace.contest.Books;
import io.millrace.contest.Turnovers;

/** The prevalent system: all that transactions change and queries would read. Prevayler guards it by its monitor. */
final class Ledger {
    private final Books books;
    private final Turnovers turnovers;
    private long events;

    Ledger(final int accounts) {
        books = new Books(accounts);
        turnovers = new Turnovers(accounts);
    }

    boolean allows(final int debit, final long amount) {
        return books.allows(debit, amount);
    }

    /** State and read model go together: Prevayler has no read side of its own, queries run on the same objects. */
    void apply(final int debit, final int credit, final long amount) {
        books.apply(debit, credit, amount);
        turnovers.add(debit, credit, amount);
        events++;
    }

    long events() {
        return events;
    }

    long stateHash() {
        return books.hash();
    }

    long readModelHash() {
        return turnovers.hash();
    }
}
