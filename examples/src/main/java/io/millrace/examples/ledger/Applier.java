package io.millrace.examples.ledger;

import static io.millrace.examples.ledger.RequestReader.u64;

import io.millrace.journal.EventView;
import org.agrona.DirectBuffer;

/** Changes the state by events, live and in replay. */
final class Applier {
    private final Ledger ledger;
    private final Account account = new Account();
    private final Transfer transfer = new Transfer();

    Applier(final Ledger ledger) {
        this.ledger = ledger;
    }

    void apply(final EventView event) {
        if (event.schemaVersion() != LedgerTypes.SCHEMA_VERSION) {
            throw new IllegalStateException(
                    "schema version must be " + LedgerTypes.SCHEMA_VERSION + ": " + event.schemaVersion());
        }
        final DirectBuffer buffer = event.buffer();
        final int at = event.offset();
        switch (event.typeId()) {
            case LedgerTypes.TRANSFERRED -> {
                EventReader.transferred(buffer, at, transfer);
                onTransferred();
            }
            case LedgerTypes.TRANSFERRED_WIDE -> {
                EventReader.transferredWide(buffer, at, transfer);
                onTransferred();
            }
            case LedgerTypes.PENDING_POSTED, LedgerTypes.PENDING_VOIDED -> onSettled(buffer, at);
            case LedgerTypes.PENDING_EXPIRED -> onExpired(buffer, at);
            case LedgerTypes.ACCOUNT_OPENED -> onOpened(buffer, at);
            case LedgerTypes.TRANSFER_ID_BURNT ->
                ledger.transfers.burn(u64(buffer, at + IdBurntLayout.ID), u64(buffer, at + IdBurntLayout.ID + 8));
            case LedgerTypes.BALANCES_ADJUSTED -> onAdjusted(buffer, at);
            default -> throw new IllegalStateException("event type must be one of the ledger's: " + event.typeId());
        }
    }

    private void onTransferred() {
        place();
        Effects.transferred(ledger.accounts, transfer);
        final boolean pending = transfer.has(TransferFlags.PENDING);
        final int ref = ledger.transfers.insert(transfer, pending ? Phase.PENDING : Phase.SINGLE);
        if (transfer.timeout != 0) {
            ledger.expiries.add(ref);
        }
        advance(transfer.timestamp);
    }

    private void onSettled(final DirectBuffer buffer, final int at) {
        EventReader.settled(buffer, at, transfer);
        place();
        transfer.pendingRef = pendingRef(transfer.pendingLo, transfer.pendingHi);
        Effects.settled(ledger.accounts, transfer);
        ledger.transfers.insert(transfer, Phase.SINGLE);
        final boolean posted = transfer.has(TransferFlags.POST_PENDING);
        end(transfer.pendingRef, posted ? Phase.POSTED : Phase.VOIDED);
        advance(transfer.timestamp);
    }

    private void onExpired(final DirectBuffer buffer, final int at) {
        final int ref = pendingRef(
                u64(buffer, at + PendingExpiredLayout.PENDING_ID),
                u64(buffer, at + PendingExpiredLayout.PENDING_ID + 8));
        ledger.transfers.load(ref, transfer);
        Effects.expired(ledger.accounts, transfer);
        end(ref, Phase.EXPIRED);
        advance(u64(buffer, at + PendingExpiredLayout.TIMESTAMP));
    }

    private void onOpened(final DirectBuffer buffer, final int at) {
        EventReader.accountOpened(buffer, at, account);
        ledger.accounts.insert(account);
        advance(account.timestamp);
    }

    private void onAdjusted(final DirectBuffer buffer, final int at) {
        account.ref = accountRef(
                u64(buffer, at + BalancesAdjustedLayout.ID), u64(buffer, at + BalancesAdjustedLayout.ID + 8));
        RequestReader.balances(buffer, at + BalancesAdjustedLayout.DEBITS_PENDING, account);
        ledger.accounts.adjust(account);
    }

    private void place() {
        transfer.debitRef = accountRef(transfer.debitLo, transfer.debitHi);
        transfer.creditRef = accountRef(transfer.creditLo, transfer.creditHi);
    }

    private void end(final int ref, final int phase) {
        ledger.transfers.phase(ref, phase);
        if (ledger.transfers.expiryNs(ref) != Long.MAX_VALUE) {
            ledger.expiries.onSettled();
        }
    }

    private void advance(final long timestamp) {
        ledger.clockNs = Math.max(ledger.clockNs, timestamp);
    }

    private int accountRef(final long idLo, final long idHi) {
        final int ref = ledger.accounts.find(idLo, idHi);
        if (ref == Accounts.NONE) {
            throw new IllegalStateException("account must exist: id=" + U128.toBigInteger(idLo, idHi));
        }
        return ref;
    }

    private int pendingRef(final long idLo, final long idHi) {
        final int ref = ledger.transfers.find(idLo, idHi);
        if (ref < 0) {
            throw new IllegalStateException("pending transfer must exist: id=" + U128.toBigInteger(idLo, idHi));
        }
        return ref;
    }
}
