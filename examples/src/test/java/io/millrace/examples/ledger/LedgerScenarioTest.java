package io.millrace.examples.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.examples.driver.DirectDriver;
import io.millrace.examples.ledger.Scenarios.Table;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The scenario tables that another ledger is tested with: every command with its exact status, and the look-ups. */
class LedgerScenarioTest {
    @TestFactory
    Stream<DynamicTest> shouldDecideAsTheTableSays() throws IOException {
        return Scenarios.read().stream()
                .map(table -> DynamicTest.dynamicTest(table.number() + " " + table.title(), () -> run(table)));
    }

    /** So that a parser which skips what it does not know cannot pass. */
    @Test
    void shouldExecuteEveryStatementThatIsNoQuery() throws IOException {
        final Map<String, Integer> executed = new TreeMap<>();
        int skippedRows = 0;
        int skippedResults = 0;
        int tables = 0;
        for (final Table table : Scenarios.read()) {
            final ScenarioRunner runner = run(table);
            runner.executed.forEach((word, count) -> executed.merge(word, count, Integer::sum));
            for (final Map.Entry<String, Integer> skipped : runner.skipped.entrySet()) {
                final boolean result = skipped.getKey().endsWith("_result");
                skippedResults += result ? skipped.getValue() : 0;
                skippedRows += result ? 0 : skipped.getValue();
            }
            tables++;
        }
        assertEquals(41, tables);
        assertEquals(
                Map.of(
                        "account", 165,
                        "transfer", 312,
                        "commit", 241,
                        "lookup_account", 101,
                        "lookup_transfer", 67,
                        "setup", 32,
                        "tick", 12),
                executed);
        assertEquals(89, skippedRows, "queries");
        assertEquals(186, skippedResults, "expected results of queries");
        final int all = executed.values().stream().mapToInt(Integer::intValue).sum();
        assertEquals(1205, all + skippedRows + skippedResults);
    }

    private static ScenarioRunner run(final Table table) {
        final ScenarioRunner runner = new ScenarioRunner();
        runner.run(table.statements());
        final byte[] live = DirectDriver.save(runner.machine);
        final LedgerMachine replayed = new LedgerMachine();
        runner.driver.replay(replayed::apply);
        assertArrayEquals(live, DirectDriver.save(replayed), "state after replay");
        assertArrayEquals(live, DirectDriver.save(DirectDriver.load(new LedgerMachine(), live)), "state after load");
        return runner;
    }
}
