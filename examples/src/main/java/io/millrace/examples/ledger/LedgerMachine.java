package io.millrace.examples.ledger;

import io.millrace.engine.Command;
import io.millrace.engine.CommandBatch;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.engine.StreamPrefetch;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * The ledger. Takes the commands of {@link LedgerTypes}; nothing is allocated per command once the tables and the largest
 * batch have been seen, apart from the pages that new transfers take.
 *
 * <p>Ledger time is in nanoseconds, and every row has its own: a command of n rows at engine time t has the times b + 1 to
 * b + n, where b is t or, if that is later, the last time used plus one. What expires at the end of a command gets the
 * times behind it.
 */
public final class LedgerMachine implements StateMachine {
    /** Nanoseconds that a command can take, and one more so that there is always a later time. */
    private static final long MAX_COMMAND_NS = LedgerTypes.MAX_BATCH_ROWS + LedgerTypes.MAX_EXPIRIES + 1;

    private final boolean allowsAdjustments;
    private final Ledger ledger = new Ledger();
    private final LookAhead lookAhead = new LookAhead(ledger);
    private final Applier applier = new Applier(ledger);
    private final Snapshot snapshot = new Snapshot(ledger);
    private final Expirations expirations = new Expirations(ledger);
    private final AccountBatch accountBatch = new AccountBatch(ledger);
    private final TransferBatch transferBatch;
    private final SingleTransfer singleTransfer;
    private final Account adjusted = new Account();

    /** An empty ledger that refuses {@link LedgerTypes#ADJUST_BALANCES}. */
    public LedgerMachine() {
        this(false);
    }

    /** An empty ledger. */
    public LedgerMachine(final boolean allowsAdjustments) {
        this.allowsAdjustments = allowsAdjustments;
        final TransferRules rules = new TransferRules();
        transferBatch = new TransferBatch(ledger, rules, expirations);
        singleTransfer = new SingleTransfer(ledger, rules, expirations);
    }

    @Override
    public void decide(final Command command, final Decision decision) {
        final long baseNs = ledger.baseNs(command.timestampNs());
        if (baseNs < 0 || baseNs > Long.MAX_VALUE - MAX_COMMAND_NS) {
            decision.reject(LedgerTypes.END_OF_TIME);
            return;
        }
        switch (command.typeId()) {
            case LedgerTypes.TRANSFER -> decideTransfer(command, baseNs, decision);
            case LedgerTypes.CREATE_TRANSFERS ->
                decideRows(transferBatch, TransferRowLayout.LENGTH, command, baseNs, decision);
            case LedgerTypes.CREATE_ACCOUNTS -> decideAccounts(command, baseNs, decision);
            case LedgerTypes.PULSE -> decidePulse(command, baseNs, decision);
            case LedgerTypes.ADJUST_BALANCES -> decideAdjustment(command, decision);
            default -> decision.reject(LedgerTypes.UNKNOWN_COMMAND);
        }
    }

    @Override
    public void apply(final EventView event) {
        applier.apply(event);
    }

    @Override
    public void prefetch(final CommandBatch commands, final StreamPrefetch streams) {
        lookAhead.commands(commands, streams);
    }

    @Override
    public void prefetch(final EventBatch events) {
        lookAhead.events(events);
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        snapshot.save(out);
    }

    @Override
    public void load(final DataInput in) throws IOException {
        snapshot.load(in);
    }

    /** Looks an account up. Allocates: for tests and tools. */
    public Optional<AccountRecord> account(final BigInteger id) {
        final int ref = ledger.accounts.find(U128.lo(id), U128.hi(id));
        if (ref == Accounts.NONE) {
            return Optional.empty();
        }
        final Account account = new Account();
        ledger.accounts.loadAll(ref, account);
        return Optional.of(AccountRecord.of(account));
    }

    /** Looks a transfer up. Allocates: for tests and tools. */
    public Optional<TransferRecord> transfer(final BigInteger id) {
        final int ref = ledger.transfers.find(U128.lo(id), U128.hi(id));
        if (ref < 0) {
            return Optional.empty();
        }
        final Transfer transfer = new Transfer();
        ledger.transfers.load(ref, transfer);
        return Optional.of(TransferRecord.of(transfer));
    }

    /** Latest time stamp that an event has carried, in nanoseconds. */
    public long clockNs() {
        return ledger.clockNs;
    }

    /** Number of accounts. */
    public int accountCount() {
        return ledger.accounts.count();
    }

    /** Number of transfers of all kinds. */
    public int transferCount() {
        return ledger.transfers.count();
    }

    private void decideTransfer(final Command command, final long baseNs, final Decision decision) {
        if (command.length() == TransferCommandLayout.LENGTH) {
            singleTransfer.decide(command.buffer(), command.offset(), baseNs, decision);
        } else {
            decision.reject(LedgerTypes.BAD_LENGTH);
        }
    }

    private void decideAccounts(final Command command, final long baseNs, final Decision decision) {
        if (decideRows(accountBatch, AccountRowLayout.LENGTH, command, baseNs, decision)) {
            expirations.emitDue(ledger, baseNs + command.length() / AccountRowLayout.LENGTH, decision);
        }
    }

    private static boolean decideRows(
            final ChainedBatch batch,
            final int rowLength,
            final Command command,
            final long baseNs,
            final Decision decision) {
        final int count = command.length() / rowLength;
        if (count * rowLength != command.length() || count > LedgerTypes.MAX_BATCH_ROWS) {
            decision.reject(LedgerTypes.BAD_LENGTH);
            return false;
        }
        batch.decide(command.buffer(), command.offset(), count, baseNs, decision);
        return true;
    }

    private void decidePulse(final Command command, final long baseNs, final Decision decision) {
        if (command.length() != 0) {
            decision.reject(LedgerTypes.BAD_LENGTH);
            return;
        }
        expirations.emitDue(ledger, baseNs, decision);
        if (expirations.moreDue()) {
            decision.accept(LedgerTypes.MORE_DUE);
        }
    }

    private void decideAdjustment(final Command command, final Decision decision) {
        if (!allowsAdjustments) {
            decision.reject(LedgerTypes.NOT_ALLOWED);
            return;
        }
        if (command.length() != BalancesAdjustedLayout.LENGTH) {
            decision.reject(LedgerTypes.BAD_LENGTH);
            return;
        }
        final DirectBuffer buffer = command.buffer();
        final int at = command.offset();
        adjusted.idLo = RequestReader.u64(buffer, at + BalancesAdjustedLayout.ID);
        adjusted.idHi = RequestReader.u64(buffer, at + BalancesAdjustedLayout.ID + 8);
        RequestReader.balances(buffer, at + BalancesAdjustedLayout.DEBITS_PENDING, adjusted);
        if (ledger.accounts.find(adjusted.idLo, adjusted.idHi) == Accounts.NONE) {
            decision.reject(LedgerTypes.NO_SUCH_ACCOUNT);
        } else if (Limits.overflows(adjusted, Account.DEBITS_PENDING, Account.DEBITS_POSTED)
                || Limits.overflows(adjusted, Account.CREDITS_PENDING, Account.CREDITS_POSTED)) {
            decision.reject(LedgerTypes.BALANCES_OVERFLOW);
        } else {
            EventWriter.adjusted(adjusted, decision);
        }
    }
}
