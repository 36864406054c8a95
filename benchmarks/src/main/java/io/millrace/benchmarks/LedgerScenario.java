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
 */
final class LedgerScenario {
    static final int ACCOUNTS = 262_144;
    static final int TRANSFER_BYTES = 64;
    static final int MAX_COMMAND_BYTES = 128;
    static final int MAX_EVENT_BYTES = 64;

    private static final long SEED = 20_260_101;
    private static final long HASH_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private LedgerScenario() {}

    static LedgerMachine newMachine() {
        return new LedgerMachine();
    }

    static AccountBalances newReadModel() {
        return new AccountBalances(ACCOUNTS);
    }

    static int[] eventTypes() {
        return LedgerTypes.eventTypes();
    }

    /** The same commands in the same order for each run. */
    static final class Workload {
        private final LedgerWorkload ledger = new LedgerWorkload(ACCOUNTS, MAX_COMMAND_BYTES, SEED);

        int openingCommands() {
            return ledger.openingCommands();
        }

        /** Writes the next command and returns its length. */
        int next(final MutableDirectBuffer target) {
            return ledger.next(target, 0);
        }

        int typeId() {
            return ledger.typeId();
        }
    }

    static long hash(final LedgerMachine machine) {
        long hash = machine.transferCount();
        for (long id = 1; id <= ACCOUNTS; id++) {
            final AccountRecord account =
                    machine.account(BigInteger.valueOf(id)).orElseThrow();
            final Balances balances = new Balances(
                    account.debitsPending(), account.debitsPosted(), account.creditsPending(), account.creditsPosted());
            hash = hash * HASH_FACTOR + balances.hashCode();
        }
        return hash;
    }

    static long hash(final AccountBalances readModel) {
        long hash = readModel.transferCount();
        for (long id = 1; id <= ACCOUNTS; id++) {
            final Balances balances = readModel.balances(BigInteger.valueOf(id)).orElseThrow();
            hash = hash * HASH_FACTOR + balances.hashCode();
        }
        return hash;
    }
}
