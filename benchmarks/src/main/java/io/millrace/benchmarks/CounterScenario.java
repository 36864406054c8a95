package io.millrace.benchmarks;

import io.millrace.engine.StateMachine;
import io.millrace.projections.Projection;
import org.agrona.MutableDirectBuffer;

/** The counters: 64 bytes a command and an event. */
final class CounterScenario implements PublishScenario {
    private final CounterMachine machine = new CounterMachine();
    private final CounterProjection projection = new CounterProjection();
    private final CounterSequence sequence = new CounterSequence(CounterTable.ACCOUNTS);

    @Override
    public StateMachine machine() {
        return machine;
    }

    @Override
    public Projection projection() {
        return projection;
    }

    @Override
    public int[] eventTypes() {
        return new int[] {CounterTable.TYPE_ID};
    }

    @Override
    public int streams() {
        return CounterTable.ACCOUNTS;
    }

    @Override
    public int maxCommandBytes() {
        return CounterTable.LENGTH;
    }

    @Override
    public int openingCommands() {
        return 0;
    }

    @Override
    public int writeOpening(final MutableDirectBuffer target) {
        throw new IllegalStateException("counters need no opening command");
    }

    @Override
    public int openingTypeId() {
        return typeId();
    }

    @Override
    public int length() {
        return CounterTable.LENGTH;
    }

    @Override
    public int typeId() {
        return CounterTable.TYPE_ID;
    }

    @Override
    public void write(final MutableDirectBuffer target, final int offset) {
        sequence.advance();
        CounterTable.write(target, offset, sequence.account(), sequence.amount());
    }

    @Override
    public void checkState(final long commands) {
        check("state", machine.table(), commands);
    }

    @Override
    public void checkModel(final long commands) {
        check("read model", projection.table(), commands);
    }

    private void check(final String what, final CounterTable table, final long commands) {
        Require.equal("additions of the " + what, commands, table.additions());
        Require.equal("sum of the " + what, sequence.sum(), table.sum());
    }

    @Override
    public long stateHash() {
        return machine.table().hash();
    }

    @Override
    public long modelHash() {
        return projection.table().hash();
    }
}
