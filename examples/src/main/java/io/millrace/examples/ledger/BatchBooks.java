package io.millrace.examples.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state with the rows of an undecided batch of transfers on top. Everything is kept in lists of versions, so that
 * going back to a {@linkplain #mark mark} means to drop the versions behind it. Grows to the largest batch seen and is
 * then reused.
 */
final class BatchBooks implements Books, Postings {
    private final Ledger ledger;
    private final List<Transfer> rows = new ArrayList<>();
    private final ScratchMap rowOf = new ScratchMap(LedgerTypes.MAX_BATCH_ROWS);
    private int rowCount;

    /** Accounts as they would be, newest version last. */
    private final List<Account> versions = new ArrayList<>();

    private final ScratchMap versionOf = new ScratchMap(2 * LedgerTypes.MAX_BATCH_ROWS);
    private int[] olderVersion = new int[16];
    private int versionCount;

    /** Pending transfers that were settled, newest last. A transfer is settled at most once. */
    private int[] settledRefs = new int[16];

    private final ScratchMap phaseOf = new ScratchMap(LedgerTypes.MAX_BATCH_ROWS);
    private int settledCount;

    private int markedRows;
    private int markedVersions;
    private int markedSettled;

    BatchBooks(final Ledger ledger) {
        this.ledger = ledger;
    }

    void clear() {
        rowCount = 0;
        versionCount = 0;
        settledCount = 0;
        rowOf.clear();
        versionOf.clear();
        phaseOf.clear();
        mark();
    }

    /** Remembers this state. */
    void mark() {
        markedRows = rowCount;
        markedVersions = versionCount;
        markedSettled = settledCount;
    }

    /** Goes back to the mark. */
    void rollBack() {
        while (settledCount > markedSettled) {
            phaseOf.removeNewest(settledRefs[--settledCount], 0);
        }
        while (versionCount > markedVersions) {
            final int ref = versions.get(--versionCount).ref;
            if (olderVersion[versionCount] == ScratchMap.NONE) {
                versionOf.removeNewest(ref, 0);
            } else {
                versionOf.put(ref, 0, olderVersion[versionCount]);
            }
        }
        while (rowCount > markedRows) {
            final Transfer row = rows.get(--rowCount);
            rowOf.removeNewest(row.idLo, row.idHi);
        }
    }

    int rowCount() {
        return rowCount;
    }

    /** A row that succeeded, or an id that was burnt, in order. */
    Transfer row(final int index) {
        return rows.get(index);
    }

    /** Makes the effects of an accepted transfer visible to the rows behind it. */
    void add(final Transfer transfer) {
        append(transfer);
        if (transfer.has(TransferFlags.SECOND_PHASE)) {
            Effects.settled(this, transfer);
            settle(transfer.pendingRef, transfer.has(TransferFlags.POST_PENDING) ? Phase.POSTED : Phase.VOIDED);
        } else {
            Effects.transferred(this, transfer);
        }
    }

    /** Makes an id unusable for the rows behind this. */
    void burn(final Transfer transfer, final Status status) {
        append(transfer);
        rows.get(rowCount - 1).status = status;
    }

    @Override
    public boolean account(final long idLo, final long idHi, final Account into) {
        final int ref = ledger.accounts.find(idLo, idHi);
        if (ref == Accounts.NONE) {
            return false;
        }
        accountAt(ref, into);
        return true;
    }

    @Override
    public void accountAt(final int ref, final Account into) {
        final int version = versionOf.get(ref, 0);
        if (version == ScratchMap.NONE) {
            ledger.accountAt(ref, into);
        } else {
            into.copyFrom(versions.get(version));
        }
    }

    @Override
    public Found transfer(final long idLo, final long idHi, final Transfer into) {
        final int row = rowOf.get(idLo, idHi);
        if (row == ScratchMap.NONE) {
            return ledger.transfer(idLo, idHi, into);
        }
        into.copyFrom(rows.get(row));
        return into.status == Status.CREATED ? Found.PRESENT : Found.BURNT;
    }

    @Override
    public void transferAt(final int ref, final Transfer into) {
        if (ref < 0) {
            into.copyFrom(rows.get(-ref - 1));
        } else {
            ledger.transferAt(ref, into);
        }
    }

    @Override
    public int phase(final int transferRef) {
        final int settledAs = phaseOf.get(transferRef, 0);
        if (settledAs != ScratchMap.NONE) {
            return settledAs;
        }
        if (transferRef >= 0) {
            return ledger.phase(transferRef);
        }
        return rows.get(-transferRef - 1).has(TransferFlags.PENDING) ? Phase.PENDING : Phase.SINGLE;
    }

    @Override
    public long newestTransferTimestamp() {
        for (int row = rowCount - 1; row >= 0; row--) {
            if (rows.get(row).status == Status.CREATED) {
                return rows.get(row).timestamp;
            }
        }
        return ledger.newestTransferTimestamp();
    }

    @Override
    public boolean accountHasTimestamp(final long timestamp) {
        return ledger.accountHasTimestamp(timestamp);
    }

    @Override
    public void add(final int accountRef, final int balance, final long lo, final long hi) {
        newVersion(accountRef).add(balance, lo, hi);
    }

    @Override
    public void subtract(final int accountRef, final int balance, final long lo, final long hi) {
        newVersion(accountRef).subtract(balance, lo, hi);
    }

    @Override
    public void closed(final int accountRef, final boolean closed) {
        final Account account = newVersion(accountRef);
        account.flags = closed ? account.flags | AccountFlags.CLOSED : account.flags & ~AccountFlags.CLOSED;
    }

    private void append(final Transfer transfer) {
        if (rowCount == rows.size()) {
            rows.add(new Transfer());
        }
        final Transfer row = rows.get(rowCount);
        row.copyFrom(transfer);
        row.ref = -rowCount - 1;
        rowOf.put(row.idLo, row.idHi, rowCount++);
    }

    /** A version that may be changed: the newest one if it lies behind the mark, else a copy of it. */
    private Account newVersion(final int ref) {
        final int older = versionOf.get(ref, 0);
        if (older != ScratchMap.NONE && older >= markedVersions) {
            return versions.get(older);
        }
        if (versionCount == versions.size()) {
            versions.add(new Account());
        }
        if (versionCount == olderVersion.length) {
            olderVersion = Arrays.copyOf(olderVersion, versionCount << 1);
        }
        accountAt(ref, versions.get(versionCount));
        olderVersion[versionCount] = older;
        versionOf.put(ref, 0, versionCount);
        return versions.get(versionCount++);
    }

    private void settle(final int transferRef, final int phase) {
        if (settledCount == settledRefs.length) {
            settledRefs = Arrays.copyOf(settledRefs, settledCount << 1);
        }
        settledRefs[settledCount++] = transferRef;
        phaseOf.put(transferRef, 0, phase);
    }
}
