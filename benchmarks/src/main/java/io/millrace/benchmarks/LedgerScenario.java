package io.millrace.benchmarks;

import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalFormat;
import org.agrona.MutableDirectBuffer;

/** What every contender runs: the commands, the state machine and the read model. */
final class LedgerScenario {
    static final int COMMAND_TYPE = StandInLedger.TRANSFER;
    static final int COMMAND_BYTES = 64;
    static final int ACCOUNTS = 262_144;

    private LedgerScenario() {}

    static StateMachine newMachine() {
        return new StandInLedger(ACCOUNTS);
    }

    /** The same commands in the same order for each run. */
    static final class Workload {
        private long state = 0x1234_5678_9ABC_DEFL;

        void next(final MutableDirectBuffer target, final long index) {
            long x = state;
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
            state = x;
            final long debit = x >>> 20 & ACCOUNTS - 1;
            final long credit = x >>> 42 & ACCOUNTS - 1;
            target.putLong(0, index, JournalFormat.BYTE_ORDER);
            target.putLong(StandInLedger.DEBIT_OFFSET, debit + 1, JournalFormat.BYTE_ORDER);
            target.putLong(StandInLedger.CREDIT_OFFSET, credit + 1, JournalFormat.BYTE_ORDER);
            target.putLong(StandInLedger.AMOUNT_OFFSET, (x & 1023) + 1, JournalFormat.BYTE_ORDER);
        }
    }

    /** The live read model. */
    static final class ReadModel {
        private final StandInLedger.Accounts accounts = new StandInLedger.Accounts(ACCOUNTS);

        void onEvent(final EventView event) {
            accounts.apply(event);
        }

        long hash() {
            return accounts.hash();
        }
    }
}
