package io.millrace.faults.kill;

import io.millrace.journal.EventView;
import io.millrace.projections.Projection;

/** Sees every event once, in order, or throws. */
final class WorkProjection implements Projection {
    private long lastSequence;

    /** Events behind this one are there. */
    WorkProjection(final long lastSequence) {
        this.lastSequence = lastSequence;
    }

    @Override
    public String name() {
        return "work";
    }

    @Override
    public void onEvent(final EventView event) {
        if (event.sequence() != lastSequence + 1) {
            throw new IllegalStateException(
                    "event must be the next: sequence=" + event.sequence() + ", before=" + lastSequence);
        }
        lastSequence = event.sequence();
    }
}
