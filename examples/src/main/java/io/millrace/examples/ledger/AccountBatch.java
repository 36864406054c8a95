package io.millrace.examples.ledger;

import io.millrace.engine.Decision;
import org.agrona.DirectBuffer;

/** Decides {@link LedgerTypes#CREATE_ACCOUNTS}. */
final class AccountBatch extends ChainedBatch {
    private final AccountBatchBooks books;
    private final AccountRules rules = new AccountRules();
    private final Account account = new Account();
    private DirectBuffer rows;
    private int offset;
    private long endNs;

    AccountBatch(final Ledger ledger) {
        books = new AccountBatchBooks(ledger);
    }

    @Override
    void begin(final DirectBuffer buffer, final int firstRow, final long end) {
        rows = buffer;
        offset = firstRow;
        endNs = end;
        books.clear();
    }

    @Override
    boolean isLinked(final int row) {
        return (flags(row) & AccountFlags.LINKED) != 0;
    }

    @Override
    Status check(final int row, final long rowNs) {
        final int at = offset + row * AccountRowLayout.LENGTH;
        RequestReader.accountRow(rows, at, account);
        final boolean batchImported = (flags(0) & AccountFlags.IMPORTED) != 0;
        final Status status =
                RowRules.check(account.has(AccountFlags.IMPORTED), batchImported, account.timestamp, endNs);
        if (status != Status.CREATED) {
            return status;
        }
        return rules.check(account, RequestReader.u32(rows, at + AccountRowLayout.RESERVED), books, rowNs);
    }

    @Override
    void add() {
        books.add(account);
    }

    @Override
    void burn(final Status status) {
        throw new IllegalStateException("status of an account must burn no id: " + status);
    }

    @Override
    void mark() {
        books.mark();
    }

    @Override
    void rollBack() {
        books.rollBack();
    }

    @Override
    void emit(final Decision decision) {
        for (int i = 0; i < books.rowCount(); i++) {
            EventWriter.accountOpened(books.row(i), decision);
        }
    }

    private int flags(final int row) {
        return RequestReader.u16(rows, offset + row * AccountRowLayout.LENGTH + AccountRowLayout.FLAGS);
    }
}
