package io.millrace.benchmarks.compare;

import io.millrace.contest.Turnovers;
import io.millrace.journal.EventView;
import io.millrace.projections.Projection;

/** The read model as Millrace keeps it. */
final class TransferProjection implements Projection {
    private final Turnovers turnovers;

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
}
