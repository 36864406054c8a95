package io.millrace.benchmarks.compare;

import io.millrace.contest.Turnovers;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.projections.Projection;

/** The read model as Millrace keeps it. */
final class TransferProjection implements Projection {
    private final Turnovers turnovers;

    /** Of a batch. */
    private final int[] accounts = new int[2 * EventBatch.MAX_EVENTS];

    /** Keeps the reads ahead alive. */
    private long readAhead;

    TransferProjection(final int accounts) {
        turnovers = new Turnovers(accounts);
    }

    Turnovers turnovers() {
        return turnovers;
    }

    @Override
    public String name() {
        return "turnovers";
    }

    @Override
    public void onEvent(final EventView event) {
        turnovers.add(
                TransferLayout.debit(event.buffer(), event.offset()),
                TransferLayout.credit(event.buffer(), event.offset()),
                TransferLayout.amount(event.buffer(), event.offset()));
    }

    @Override
    public void prefetch(final EventBatch events) {
        readAhead = turnovers.sum(accounts, TransferLayout.accounts(events, accounts));
    }
}
