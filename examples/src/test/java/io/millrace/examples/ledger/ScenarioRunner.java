package io.millrace.examples.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Outcome;
import io.millrace.examples.driver.DirectDriver;
import io.millrace.examples.ledger.Scenarios.Statement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** Executes one table: commands against the machine, with the clock that the tables ask for, then the look-ups. */
final class ScenarioRunner {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final UnsafeBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    final LedgerMachine machine = new LedgerMachine(true);
    final AccountBalances balances = new AccountBalances(1);
    final DirectDriver driver = new DirectDriver(machine, balances::onEvent);

    /** How many statements of each kind were executed, or skipped because they are queries. */
    final Map<String, Integer> executed = new TreeMap<>();

    final Map<String, Integer> skipped = new TreeMap<>();

    private final List<Statement> batch = new ArrayList<>();
    private final Map<BigInteger, AccountRecord> accounts = new HashMap<>();
    private final Map<BigInteger, TransferRecord> transfers = new HashMap<>();
    private long clockNs;

    void run(final List<Statement> statements) {
        statements.forEach(this::run);
        assertEquals(List.of(), batch, "rows behind the last commit");
        for (final BigInteger id : accounts.keySet()) {
            assertEquals(
                    balancesOf(machine.account(id).orElseThrow()),
                    balances.balances(id).orElseThrow());
        }
    }

    private void run(final Statement statement) {
        switch (statement.word()) {
            case "account", "transfer", "lookup_account", "lookup_transfer" -> batch.add(statement);
            case "setup" -> setUp(statement);
            case "tick" -> tick(statement);
            case "commit" -> commit(statement);
            default -> {
                assertTrue(
                        statement.word().startsWith("get_") || statement.word().startsWith("query_"),
                        () -> at(statement) + "unknown statement");
                skipped.merge(statement.word(), 1, Integer::sum);
                return;
            }
        }
        executed.merge(statement.word(), 1, Integer::sum);
    }

    private void commit(final Statement commit) {
        switch (commit.columns().get(0)) {
            case "create_accounts" -> createAccounts();
            case "create_transfers" -> createTransfers();
            case "lookup_accounts" -> batch.forEach(this::lookUpAccount);
            case "lookup_transfers" -> batch.forEach(this::lookUpTransfer);
            default -> assertTrue(batch.isEmpty(), () -> at(commit) + "only queries must be skipped");
        }
        batch.clear();
        if (!commit.columns().get(0).startsWith("create_")) {
            clockNs++;
            pulse();
        }
    }

    private void createAccounts() {
        final UnsafeBuffer rows = Rows.buffer(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            ScenarioRows.account(batch.get(i), rows, i * AccountRowLayout.LENGTH);
        }
        final Outcome outcome = submit(LedgerTypes.CREATE_ACCOUNTS, rows, batch.size() * AccountRowLayout.LENGTH);
        checkStatuses(outcome);
        for (int i = 0; i < batch.size(); i++) {
            if (outcome.result()[i] == Status.CREATED.code()) {
                final AccountRecord account =
                        ScenarioRows.expectedAccount(rows, i * AccountRowLayout.LENGTH, clockNs + 2 + i);
                accounts.put(account.id(), account);
            }
        }
        advance(batch.size());
    }

    private void createTransfers() {
        final UnsafeBuffer rows = Rows.buffer(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            ScenarioRows.transfer(batch.get(i), rows, i * TransferRowLayout.LENGTH);
        }
        final Outcome outcome = submit(LedgerTypes.CREATE_TRANSFERS, rows, batch.size() * TransferRowLayout.LENGTH);
        checkStatuses(outcome);
        for (int i = 0; i < batch.size(); i++) {
            if (outcome.result()[i] == Status.CREATED.code()) {
                final TransferRecord transfer =
                        ScenarioRows.expectedTransfer(rows, i * TransferRowLayout.LENGTH, clockNs + 2 + i, transfers);
                transfers.put(transfer.id(), transfer);
            }
        }
        advance(batch.size());
    }

    private void checkStatuses(final Outcome outcome) {
        assertEquals(batch.size(), outcome.result().length, () -> "statuses, outcome code " + outcome.code());
        for (int i = 0; i < batch.size(); i++) {
            final Statement row = batch.get(i);
            final Status status = Status.ofCode(outcome.result()[i]);
            assertEquals(row.last(), status.name().toLowerCase(Locale.ROOT), () -> at(row) + "status");
        }
    }

    /** The rows took the nanoseconds behind the next one. What has expired took some more. */
    private void advance(final int rows) {
        clockNs = Math.max(clockNs + 1 + rows, machine.clockNs());
    }

    private void lookUpAccount(final Statement statement) {
        final BigInteger id = statement.number(0, 128);
        if (statement.columns().get(1).equals("_")) {
            assertTrue(machine.account(id).isEmpty(), () -> at(statement) + "account must not exist");
            return;
        }
        final AccountRecord created = accounts.get(id);
        final int open = created.flags() & ~AccountFlags.CLOSED;
        final AccountRecord expected = new AccountRecord(
                id,
                statement.number(1, 128),
                statement.number(2, 128),
                statement.number(3, 128),
                statement.number(4, 128),
                created.userData128(),
                created.userData64(),
                created.userData32(),
                created.ledger(),
                created.code(),
                statement.isSet(5) ? open | AccountFlags.CLOSED : open,
                created.timestamp());
        assertEquals(expected, machine.account(id).orElse(null), () -> at(statement) + "account");
    }

    private void lookUpTransfer(final Statement statement) {
        final BigInteger id = statement.number(0, 128);
        final TransferRecord found = machine.transfer(id).orElse(null);
        switch (statement.columns().get(1)) {
            case "exists" ->
                assertEquals(
                        Boolean.valueOf(statement.columns().get(2)), found != null, () -> at(statement) + "exists");
            case "amount" -> assertEquals(statement.number(2, 128), found.amount(), () -> at(statement) + "amount");
            case "timestamp" ->
                assertEquals(statement.number(2, 64).longValue(), found.timestamp(), () -> at(statement) + "time");
            default -> throw new IllegalStateException(at(statement) + "unknown look-up");
        }
        if (found != null) {
            final TransferRecord created = transfers.get(id);
            final boolean balancing = (created.flags() & TransferFlags.BALANCING) != 0;
            final TransferRecord expected = balancing ? ScenarioRows.withAmount(created, found.amount()) : created;
            assertEquals(expected, found, () -> at(statement) + "transfer");
        }
    }

    private void setUp(final Statement statement) {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[BalancesAdjustedLayout.LENGTH]);
        for (int i = 0; i <= Account.BALANCES; i++) {
            Rows.u128(payload, i << 4, statement.number(i, 128));
        }
        final Outcome outcome = submit(LedgerTypes.ADJUST_BALANCES, payload, payload.capacity());
        assertEquals(0, outcome.code(), () -> at(statement) + "outcome code");
    }

    private void tick(final Statement statement) {
        final long value = Long.parseLong(statement.columns().get(0));
        final long unit = statement.columns().get(1).equals("seconds") ? NANOS_PER_SECOND : 1;
        clockNs += value >= 0 ? value * unit : Long.MAX_VALUE + value * unit;
        pulse();
    }

    /** Expires what is due at the clock. */
    private void pulse() {
        assertEquals(
                0, driver.submitAt(clockNs, LedgerTypes.PULSE, NOTHING, 0, 0).code());
        clockNs = Math.max(clockNs, machine.clockNs());
    }

    private Outcome submit(final int typeId, final UnsafeBuffer payload, final int length) {
        return driver.submitAt(clockNs + 1, typeId, payload, 0, length);
    }

    private static Balances balancesOf(final AccountRecord account) {
        return new Balances(
                account.debitsPending(), account.debitsPosted(), account.creditsPending(), account.creditsPosted());
    }

    private static String at(final Statement statement) {
        return "line " + statement.line() + ", " + statement.word() + ' ' + String.join(" ", statement.columns())
                + ": ";
    }
}
