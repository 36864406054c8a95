package io.millrace.benchmarks;

import io.millrace.journal.EventView;
import io.millrace.projections.Projection;

/** The read model that is the state once more. */
final class CounterProjection implements Projection {
    private final CounterTable table = new CounterTable();

    CounterTable table() {
        return table;
    }

    @Override
    public String name() {
        return "counters";
    }

    @Override
    public void onEvent(final EventView event) {
        table.add(event.buffer(), event.offset());
    }
}
