package io.millrace.examples.ledger;

import io.millrace.engine.Decision;
import org.agrona.DirectBuffer;

/**
 * Decides {@link LedgerTypes#TRANSFER}: a batch of one row, straight on the state. The way that counts for speed.
 */
final class SingleTransfer {
    private final Ledger ledger;
    private final TransferRules rules;
    private final Expirations expirations;
    private final Transfer transfer = new Transfer();

    SingleTransfer(final Ledger ledger, final TransferRules rules, final Expirations expirations) {
        this.ledger = ledger;
        this.rules = rules;
        this.expirations = expirations;
    }

    void decide(final DirectBuffer buffer, final int offset, final long baseNs, final Decision decision) {
        RequestReader.transferCommand(buffer, offset, transfer);
        final long rowNs = baseNs + 1;
        final Status status = check(RequestReader.u32(buffer, offset + TransferCommandLayout.RESERVED), rowNs);
        int events = 0;
        if (status == Status.CREATED) {
            EventWriter.accepted(transfer, decision);
            events++;
        } else if (status.burnsId()) {
            EventWriter.burnt(transfer, status, decision);
            events++;
        }
        if (ledger.expiries.nextDueNs() <= rowNs) {
            events += expirations.emitDue(ledger, rowNs, decision);
        }
        if (events > 0) {
            decision.accept(status.code());
        } else {
            decision.reject(status.code());
        }
    }

    private Status check(final int reserved, final long rowNs) {
        if (reserved != 0) {
            return Status.RESERVED_FIELD;
        }
        if (transfer.has(TransferFlags.LINKED)) {
            return Status.LINKED_EVENT_CHAIN_OPEN;
        }
        final boolean imported = transfer.has(TransferFlags.IMPORTED);
        final Status status = RowRules.check(imported, imported, transfer.timestamp, rowNs);
        return status == Status.CREATED ? rules.check(transfer, ledger, rowNs) : status;
    }
}
