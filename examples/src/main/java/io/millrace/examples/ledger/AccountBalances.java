package io.millrace.examples.ledger;

import static io.millrace.examples.ledger.RequestReader.u16;
import static io.millrace.examples.ledger.RequestReader.u64;

import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.projections.Projection;
import java.math.BigInteger;
import java.util.Optional;
import org.agrona.DirectBuffer;

/** Read model: the four balances of every account, and their sums. Built from events alone; allocates only to grow. */
public final class AccountBalances implements Projection {
    private final BalanceTable table;
    private final Transfer transfer = new Transfer();
    private final Account account = new Account();
    private final long[] aheadIds = new long[2 * EventBatch.MAX_EVENTS];
    private long transferCount;

    /** Keeps the reads of {@link #prefetch} alive. */
    private long readAhead;

    /** An empty read model with room for a number of accounts; it grows by itself. */
    public AccountBalances(final int expectedAccounts) {
        table = new BalanceTable(expectedAccounts);
    }

    @Override
    public String name() {
        return "account-balances";
    }

    @Override
    public void onEvent(final EventView event) {
        final DirectBuffer buffer = event.buffer();
        final int at = event.offset();
        switch (event.typeId()) {
            case LedgerTypes.TRANSFERRED -> onTransferred(buffer, at);
            case LedgerTypes.TRANSFERRED_WIDE -> onTransferredWide(buffer, at);
            case LedgerTypes.PENDING_POSTED, LedgerTypes.PENDING_VOIDED -> onSettled(buffer, at);
            case LedgerTypes.PENDING_EXPIRED -> onExpired(buffer, at);
            case LedgerTypes.ACCOUNT_OPENED ->
                table.add(u64(buffer, at + AccountOpenedLayout.ID), u64(buffer, at + AccountOpenedLayout.ID + 8));
            case LedgerTypes.BALANCES_ADJUSTED -> onAdjusted(buffer, at);
            default -> {
                // A burnt id changes no balance.
            }
        }
    }

    @Override
    public void prefetch(final EventBatch events) {
        final int size = events.size();
        int count = 0;
        for (int i = 0; i < size; i++) {
            final EventView event = events.get(i);
            if (event.typeId() == LedgerTypes.TRANSFERRED) {
                aheadIds[count++] = u64(event.buffer(), event.offset() + TransferredLayout.DEBIT_ACCOUNT);
                aheadIds[count++] = u64(event.buffer(), event.offset() + TransferredLayout.CREDIT_ACCOUNT);
            }
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += table.peek(aheadIds[i]);
        }
        readAhead = sum;
    }

    /** The balances of an account. */
    public Optional<Balances> balances(final BigInteger accountId) {
        final long idLo = U128.lo(accountId);
        final long idHi = U128.hi(accountId);
        if (accountId.signum() == 0 || !table.contains(idLo, idHi)) {
            return Optional.empty();
        }
        final int slot = table.find(idLo, idHi);
        return Optional.of(new Balances(
                balance(slot, Account.DEBITS_PENDING),
                balance(slot, Account.DEBITS_POSTED),
                balance(slot, Account.CREDITS_PENDING),
                balance(slot, Account.CREDITS_POSTED)));
    }

    /** The sums over all accounts, modulo 2^128. */
    public Balances totals() {
        return new Balances(
                total(Account.DEBITS_PENDING),
                total(Account.DEBITS_POSTED),
                total(Account.CREDITS_PENDING),
                total(Account.CREDITS_POSTED));
    }

    /** Number of accounts. */
    public int accountCount() {
        return table.size();
    }

    /** Number of transfers of all kinds. */
    public long transferCount() {
        return transferCount;
    }

    private void onTransferred(final DirectBuffer buffer, final int at) {
        final long amount = u64(buffer, at + TransferredLayout.AMOUNT);
        final boolean pending = (u16(buffer, at + TransferredLayout.FLAGS) & TransferFlags.PENDING) != 0;
        final int debit = table.find(u64(buffer, at + TransferredLayout.DEBIT_ACCOUNT), 0);
        final int credit = table.find(u64(buffer, at + TransferredLayout.CREDIT_ACCOUNT), 0);
        table.add(debit, pending ? Account.DEBITS_PENDING : Account.DEBITS_POSTED, amount, 0);
        table.add(credit, pending ? Account.CREDITS_PENDING : Account.CREDITS_POSTED, amount, 0);
        transferCount++;
    }

    private void onTransferredWide(final DirectBuffer buffer, final int at) {
        EventReader.transferredWide(buffer, at, transfer);
        place();
        Effects.transferred(table, transfer);
        transferCount++;
    }

    private void onSettled(final DirectBuffer buffer, final int at) {
        EventReader.settled(buffer, at, transfer);
        place();
        Effects.settled(table, transfer);
        transferCount++;
    }

    private void onExpired(final DirectBuffer buffer, final int at) {
        EventReader.expired(buffer, at, transfer);
        place();
        Effects.expired(table, transfer);
    }

    private void onAdjusted(final DirectBuffer buffer, final int at) {
        final int slot = table.find(
                u64(buffer, at + BalancesAdjustedLayout.ID), u64(buffer, at + BalancesAdjustedLayout.ID + 8));
        RequestReader.balances(buffer, at + BalancesAdjustedLayout.DEBITS_PENDING, account);
        for (int i = 0; i < Account.BALANCES; i++) {
            table.subtract(slot, i, table.lo(slot, i), table.hi(slot, i));
            table.add(slot, i, account.balanceLo[i], account.balanceHi[i]);
        }
    }

    private void place() {
        transfer.debitRef = table.find(transfer.debitLo, transfer.debitHi);
        transfer.creditRef = table.find(transfer.creditLo, transfer.creditHi);
    }

    private BigInteger balance(final int slot, final int balance) {
        return U128.toBigInteger(table.lo(slot, balance), table.hi(slot, balance));
    }

    private BigInteger total(final int balance) {
        return U128.toBigInteger(table.totalLo(balance), table.totalHi(balance));
    }
}
