package io.millrace.examples.ledger;

/** The state: accounts, transfers, what can expire, and the clock. Only {@link Applier} and {@link Snapshot} change it. */
final class Ledger implements Books {
    final Accounts accounts = new Accounts();
    final Transfers transfers = new Transfers(accounts);
    final ExpiryQueue expiries = new ExpiryQueue(transfers);

    /** Latest time stamp that an event has carried. */
    long clockNs;

    /** The time before the first row of a command: ledger time never stands still and never runs behind the engine's. */
    long baseNs(final long commandNs) {
        return Math.max(clockNs + 1, commandNs);
    }

    void clear() {
        accounts.clear();
        transfers.clear();
        expiries.clear();
        clockNs = 0;
    }

    @Override
    public boolean account(final long idLo, final long idHi, final Account into) {
        final int ref = accounts.find(idLo, idHi);
        if (ref == Accounts.NONE) {
            return false;
        }
        accounts.load(ref, into);
        return true;
    }

    @Override
    public void accountAt(final int ref, final Account into) {
        accounts.load(ref, into);
    }

    @Override
    public Found transfer(final long idLo, final long idHi, final Transfer into) {
        final int ref = transfers.find(idLo, idHi);
        if (ref == Transfers.NONE) {
            return Found.ABSENT;
        }
        if (ref == Transfers.BURNT) {
            return Found.BURNT;
        }
        transfers.load(ref, into);
        return Found.PRESENT;
    }

    @Override
    public void transferAt(final int ref, final Transfer into) {
        transfers.load(ref, into);
    }

    @Override
    public int phase(final int transferRef) {
        return transfers.phase(transferRef);
    }

    @Override
    public long newestTransferTimestamp() {
        return transfers.newestTimestamp();
    }

    @Override
    public boolean accountHasTimestamp(final long timestamp) {
        return accounts.hasTimestamp(timestamp);
    }
}
