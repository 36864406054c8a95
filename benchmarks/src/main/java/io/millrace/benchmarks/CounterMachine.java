package io.millrace.benchmarks;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Adds amounts to accounts, and next to nothing else: the smallest machine whose answer can be checked. */
final class CounterMachine implements StateMachine {
    private static final int NOT_POSITIVE = 1;

    private final CounterTable table = new CounterTable();

    CounterTable table() {
        return table;
    }

    @Override
    public void decide(final Command command, final Decision decision) {
        if (CounterTable.amount(command.buffer(), command.offset()) <= 0) {
            decision.reject(NOT_POSITIVE);
            return;
        }
        decision.emit(
                CounterTable.TYPE_ID,
                CounterTable.SCHEMA_VERSION,
                CounterTable.account(command.buffer(), command.offset()),
                command.buffer(),
                command.offset(),
                command.length());
    }

    @Override
    public void apply(final EventView event) {
        table.add(event.buffer(), event.offset());
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        table.save(out);
    }

    @Override
    public void load(final DataInput in) throws IOException {
        table.load(in);
    }
}
