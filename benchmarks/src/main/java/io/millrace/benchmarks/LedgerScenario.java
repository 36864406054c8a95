package io.millrace.benchmarks;

import io.millrace.examples.ledger.AccountBalances;
import io.millrace.examples.ledger.AccountRecord;
import io.millrace.examples.ledger.Balances;
import io.millrace.examples.ledger.LedgerMachine;
import io.millrace.examples.ledger.LedgerTypes;
import io.millrace.examples.ledger.LedgerWorkload;
import java.math.BigInteger;
import org.agrona.MutableDirectBuffer;

/**
 * What every contender runs: opens accounts, which is not measured, then makes transfers between two accounts drawn
 * evenly, 64 bytes a command and one event each.
 *
 * @param accounts how many; what does not fit in the cache costs everybody a wait for memory
 */
record LedgerScenario(int accounts) {
    static final int TRANSFER_BYTES = 64;
    static final int MAX_COMMAND_BYTES = 128;
    static final int MAX_EVENT_BYTES = 64;

    private static final long SEED = 20_260_101;
    private static final long HASH_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    /** With the memory it will need: how the machine beneath hands out fresh memory is nobody's merit. */
    LedgerMachine newMachine(final long commands) {
        return new LedgerMachine(accounts, Math.toIntExact(commands));
    }

    AccountBalances newReadModel() {
        return new AccountBalances(accounts);
    }

    static int[] eventTypes() {
        return LedgerTypes.eventTypes();
    }

    Workload newWorkload() {
        return new Workload(accounts);
    }

    /** The same commands in the same order for each run. */
    static final class Workload {
        private final LedgerWorkload ledger;

        private Workload(final int accounts) {
            ledger = new LedgerWorkload(accounts, MAX_COMMAND_BYTES, SEED);
        }

        int openingCommands() {
            return ledger.openingCommands();
        }

        /** Writes the next command and returns its length. */
        int next(final MutableDirectBuffer target) {
            return next(target, 0);
        }

        int next(final MutableDirectBuffer target, final int offset) {
            return ledger.next(target, offset);
        }

        int typeId() {
            return ledger.typeId();
        }
    }

    long hash(final LedgerMachine machine) {
        long hash = machine.transferCount();
        for (long id = 1; id <= accounts; id++) {
            final AccountRecord account =
                    machine.account(BigInteger.valueOf(id)).orElseThrow();
            final Balances balances = new Balances(
                    account.debitsPending(), account.debitsPosted(), account.creditsPending(), account.creditsPosted());
            hash = hash * HASH_FACTOR + balances.hashCode();
        }
        return hash;
    }

    long hash(final AccountBalances readModel) {
        long hash = readModel.transferCount();
        for (long id = 1; id <= accounts; id++) {
            final Balances balances = readModel.balances(BigInteger.valueOf(id)).orElseThrow();
            hash = hash * HASH_FACTOR + balances.hashCode();
        }
        return hash;
    }
}
