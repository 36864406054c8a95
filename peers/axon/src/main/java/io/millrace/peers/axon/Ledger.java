package io.millrace.peers.axon;

import io.millrace.contest.Books;
import io.millrace.contest.Transfer;
import io.millrace.contest.Transferred;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;

/**
 * The aggregate: all accounts. The Disruptor command bus lets a command load one aggregate only, and a transfer changes two
 * accounts at once, so that an account cannot be one.
 */
final class Ledger {
    /** Of the only one there is. */
    static final String IDENTIFIER = "ledger";

    @AggregateIdentifier
    private String identifier;

    private Books books;

    /** For Axon, which then applies the events. */
    Ledger() {}

    /** Opens it. */
    Ledger(final int accounts) {
        AggregateLifecycle.apply(new LedgerOpened(accounts));
    }

    /** Whether it was accepted. */
    boolean transfer(final Transfer command) {
        final int debit = (int) command.debit();
        if (!books.allows(debit, command.amount())) {
            return false;
        }
        final long debitBalance = books.balance(debit) - command.amount();
        final long creditBalance = books.balance((int) command.credit()) + command.amount();
        AggregateLifecycle.apply(Transferred.of(command, debitBalance, creditBalance));
        return true;
    }

    @EventSourcingHandler
    void on(final LedgerOpened event) {
        identifier = IDENTIFIER;
        books = new Books(event.accounts());
    }

    @EventSourcingHandler
    void on(final Transferred event) {
        books.apply((int) event.debit(), (int) event.credit(), event.amount());
    }

    long hash() {
        return books.hash();
    }
}
