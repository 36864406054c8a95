package io.millrace.examples.ledger;

import io.millrace.engine.Decision;
import org.agrona.DirectBuffer;

/** Decides {@link LedgerTypes#CREATE_TRANSFERS}. */
final class TransferBatch extends ChainedBatch {
    private final BatchBooks books;
    private final TransferRules rules;
    private final Expirations expirations;
    private final Transfer transfer = new Transfer();
    private DirectBuffer rows;
    private int offset;
    private long endNs;

    TransferBatch(final Ledger ledger, final TransferRules rules, final Expirations expirations) {
        books = new BatchBooks(ledger);
        this.rules = rules;
        this.expirations = expirations;
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
        return (flags(row) & TransferFlags.LINKED) != 0;
    }

    @Override
    Status check(final int row, final long rowNs) {
        RequestReader.transferRow(rows, offset + row * TransferRowLayout.LENGTH, transfer);
        final boolean batchImported = (flags(0) & TransferFlags.IMPORTED) != 0;
        final Status status =
                RowRules.check(transfer.has(TransferFlags.IMPORTED), batchImported, transfer.timestamp, endNs);
        return status == Status.CREATED ? rules.check(transfer, books, rowNs) : status;
    }

    @Override
    void add() {
        books.add(transfer);
    }

    @Override
    void burn(final Status status) {
        books.burn(transfer, status);
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
            final Transfer row = books.row(i);
            if (row.status == Status.CREATED) {
                EventWriter.accepted(row, decision);
            } else {
                EventWriter.burnt(row, row.status, decision);
            }
        }
        expirations.emitDue(books, endNs, decision);
    }

    private int flags(final int row) {
        return RequestReader.u16(rows, offset + row * TransferRowLayout.LENGTH + TransferRowLayout.FLAGS);
    }
}
