package io.millrace.tools.internal.demo;

import io.millrace.engine.StateMachine;
import io.millrace.examples.ledger.AccountBalances;
import io.millrace.examples.ledger.Balances;
import io.millrace.examples.ledger.LedgerMachine;
import io.millrace.examples.ledger.LedgerWorkload;
import io.millrace.tools.internal.console.TextTable;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Generated transfers between generated accounts; the same ones in every run, without an end. */
final class LedgerDomain implements Domain {
    private static final int ACCOUNTS = 10_000;
    private static final int MAX_COMMAND_BYTES = 512;
    private static final long SEED = 1;

    private final int top;

    LedgerDomain(final int top) {
        this.top = top;
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public String unit() {
        return "transfers";
    }

    @Override
    public int maxCommandBytes() {
        return MAX_COMMAND_BYTES;
    }

    @Override
    public StateMachine newMachine() {
        return new LedgerMachine();
    }

    /** Accounts are opened first, all commands but the last with the same number of them. */
    @Override
    public long recorded(final StateMachine machine) {
        final LedgerMachine ledger = (LedgerMachine) machine;
        return preparingCommands() * ledger.accountCount() / ACCOUNTS + ledger.transferCount();
    }

    @Override
    public long preparingCommands() {
        return newWorkload().openingCommands();
    }

    @Override
    public CommandSource commandsBehind(final long recorded) {
        final LedgerWorkload workload = newWorkload();
        final UnsafeBuffer skipped = new UnsafeBuffer(new byte[MAX_COMMAND_BYTES]);
        for (long i = 0; i < recorded; i++) {
            workload.next(skipped, 0);
        }
        return new CommandSource() {
            @Override
            public long remaining() {
                return Long.MAX_VALUE;
            }

            @Override
            public int next(final MutableDirectBuffer target) {
                return workload.next(target, 0);
            }

            @Override
            public int typeId() {
                return workload.typeId();
            }
        };
    }

    @Override
    public List<DemoReadModel> newReadModels() {
        final AccountBalances balances = new AccountBalances(ACCOUNTS);
        return List.of(new DemoReadModel(
                balances, row -> dump(balances, row), () -> List.of(totalsTable(balances), topTable(balances))));
    }

    private static LedgerWorkload newWorkload() {
        return new LedgerWorkload(ACCOUNTS, MAX_COMMAND_BYTES, SEED);
    }

    private static void dump(final AccountBalances balances, final Consumer<String> row) {
        row.accept(balances.accountCount() + "\t" + balances.transferCount() + "\t" + balances.totals());
        accounts(balances).forEach(account -> row.accept(account.id() + "\t" + account.balances()));
    }

    private static TextTable totalsTable(final AccountBalances balances) {
        final Balances totals = balances.totals();
        return new TextTable("Totals", "what", "number")
                .row("accounts", balances.accountCount())
                .row("transfers", balances.transferCount())
                .row("debits posted", totals.debitsPosted().longValueExact())
                .row("credits posted", totals.creditsPosted().longValueExact());
    }

    private TextTable topTable(final AccountBalances balances) {
        final TextTable table = new TextTable("Accounts with the highest credits", "account", "debits", "credits");
        accounts(balances)
                .sorted(Comparator.comparing(
                                (Account account) -> account.balances().creditsPosted())
                        .reversed()
                        .thenComparing(Account::id))
                .limit(top)
                .forEach(account -> table.row(
                        account.id(),
                        account.balances().debitsPosted().longValueExact(),
                        account.balances().creditsPosted().longValueExact()));
        return table;
    }

    /** Ids are dense, from 1. */
    private static Stream<Account> accounts(final AccountBalances balances) {
        return LongStream.rangeClosed(1, balances.accountCount())
                .mapToObj(id -> new Account(
                        id, balances.balances(BigInteger.valueOf(id)).orElseThrow()));
    }

    private record Account(long id, Balances balances) {}
}
