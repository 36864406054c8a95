package io.millrace.benchmarks;

import io.millrace.engine.StateMachine;
import io.millrace.examples.ledger.AccountBalances;
import io.millrace.examples.ledger.LedgerMachine;
import io.millrace.examples.ledger.LedgerTypes;
import io.millrace.projections.Projection;
import org.agrona.MutableDirectBuffer;

/** The ledger: transfers of 64 bytes between 10,000 accounts. */
final class LedgerPublishScenario implements PublishScenario {
    private static final int ACCOUNTS = 10_000;

    /** Room that is there at the start; more commands make the tables grow. */
    private static final int EXPECTED_TRANSFERS = 1 << 22;

    private final LedgerScenario ledger = new LedgerScenario(ACCOUNTS);
    private final LedgerMachine machine = ledger.newMachine(EXPECTED_TRANSFERS);
    private final AccountBalances projection = ledger.newReadModel();
    private final LedgerScenario.Workload workload = ledger.newWorkload();

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
        return LedgerScenario.eventTypes();
    }

    @Override
    public int streams() {
        return ACCOUNTS;
    }

    @Override
    public int maxCommandBytes() {
        return LedgerScenario.MAX_COMMAND_BYTES;
    }

    @Override
    public int openingCommands() {
        return workload.openingCommands();
    }

    @Override
    public int writeOpening(final MutableDirectBuffer target) {
        return workload.next(target);
    }

    @Override
    public int openingTypeId() {
        return LedgerTypes.CREATE_ACCOUNTS;
    }

    @Override
    public int length() {
        return LedgerScenario.TRANSFER_BYTES;
    }

    @Override
    public int typeId() {
        return LedgerTypes.TRANSFER;
    }

    @Override
    public void write(final MutableDirectBuffer target, final int offset) {
        workload.next(target, offset);
    }

    @Override
    public void checkState(final long commands) {
        Require.equal("transfers of the state", commands, machine.transferCount());
    }

    @Override
    public void checkModel(final long commands) {
        Require.equal("transfers of the read model", commands, projection.transferCount());
    }

    @Override
    public long stateHash() {
        return ledger.hash(machine);
    }

    @Override
    public long modelHash() {
        return ledger.hash(projection);
    }
}
