package io.millrace.benchmarks;

import java.util.Arrays;
import picocli.CommandLine;

/**
 * Main class of the benchmarks jar: JMH, unless the first argument names one of the comparisons. One main class for all,
 * because only that of {@code java -jar} gets the exports that stand in the manifest.
 */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs a comparison or JMH.
     *
     * @param args {@code ledger-compare}, {@code checks-cost} or {@code touch-ahead} and its options, or JMH's own arguments
     * @throws Exception from JMH
     */
    public static void main(final String[] args) throws Exception {
        // Read before the first Chronicle class loads: no use reports, no banner, no disk watcher thread.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        final Object comparison = args.length == 0 ? null : comparison(args[0]);
        if (comparison != null) {
            System.exit(new CommandLine(comparison)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .execute(Arrays.copyOfRange(args, 1, args.length)));
        }
        org.openjdk.jmh.Main.main(args);
    }

    /** Null when JMH is meant. */
    private static Object comparison(final String name) {
        return switch (name) {
            case LedgerCompare.NAME -> new LedgerCompare();
            case ChecksCost.NAME -> new ChecksCost();
            case ChecksRun.NAME -> new ChecksRun();
            case TouchAheadLatency.NAME -> new TouchAheadLatency();
            default -> null;
        };
    }
}
