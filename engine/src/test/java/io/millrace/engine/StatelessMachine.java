package io.millrace.engine;

import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;

/**
 * Rejects everything and cannot apply one event.
 *
 * @param poison sequence of that event
 */
record StatelessMachine(long poison) implements StateMachine {
    @Override
    public void decide(final Command command, final Decision decision) {
        decision.reject(1);
    }

    @Override
    public void apply(final EventView event) {
        if (event.sequence() == poison) {
            throw new IllegalStateException("asked to");
        }
    }

    @Override
    public void save(final DataOutput out) {
        // There is no state.
    }

    @Override
    public void load(final DataInput in) {
        // There is no state.
    }
}
