package io.millrace.benchmarks.compare;

import io.millrace.contest.Turnovers;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.projections.Projection;

/** The read model as Millrace keeps it. */
final class TransferProjection implements Projection {
    private final Turnovers turnovers;

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
        final int size = events.size();
        long sum = 0;
        for (int i = 0; i < size; i++) {
            final EventView event = events.get(i);
            sum += turnovers.count(TransferLayout.debit(event.buffer(), event.offset()))
                    + turnovers.count(TransferLayout.credit(event.buffer(), event.offset()));
        }
        readAhead = sum;
    }
}
