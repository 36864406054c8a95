package io.millrace.examples.ledger;

import java.util.ArrayList;
import java.util.List;

/** The accounts with the rows of an undecided batch of accounts on top. Reused, and grows to the largest batch seen. */
final class AccountBatchBooks {
    private final Ledger ledger;
    private final List<Account> rows = new ArrayList<>();
    private final ScratchMap rowOf = new ScratchMap(LedgerTypes.MAX_BATCH_ROWS);
    private int rowCount;
    private int markedRows;

    AccountBatchBooks(final Ledger ledger) {
        this.ledger = ledger;
    }

    void clear() {
        rowCount = 0;
        rowOf.clear();
        mark();
    }

    /** Remembers this state. */
    void mark() {
        markedRows = rowCount;
    }

    /** Goes back to the mark. */
    void rollBack() {
        while (rowCount > markedRows) {
            final Account row = rows.get(--rowCount);
            rowOf.removeNewest(row.idLo, row.idHi);
        }
    }

    int rowCount() {
        return rowCount;
    }

    Account row(final int index) {
        return rows.get(index);
    }

    /** Makes an accepted account visible to the rows behind it. */
    void add(final Account account) {
        if (rowCount == rows.size()) {
            rows.add(new Account());
        }
        rows.get(rowCount).copyFrom(account);
        rowOf.put(account.idLo, account.idHi, rowCount++);
    }

    /** Copies an account with its user data. Returns false when there is none. */
    boolean account(final long idLo, final long idHi, final Account into) {
        final int row = rowOf.get(idLo, idHi);
        if (row != ScratchMap.NONE) {
            into.copyFrom(rows.get(row));
            return true;
        }
        final int ref = ledger.accounts.find(idLo, idHi);
        if (ref == Accounts.NONE) {
            return false;
        }
        ledger.accounts.loadAll(ref, into);
        return true;
    }

    /** Time stamp of the newest account, 0 when there is none. */
    long newestAccountTimestamp() {
        return rowCount > 0 ? rows.get(rowCount - 1).timestamp : ledger.accounts.newestTimestamp();
    }

    /** Whether a transfer has exactly this time stamp. */
    boolean transferHasTimestamp(final long timestamp) {
        return ledger.transfers.hasTimestamp(timestamp);
    }
}
