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
     * @param args {@code ledger-compare} and its options, or JMH's own arguments
     * @throws Exception from JMH
     */
    public static void main(final String[] args) throws Exception {
        // Read before the first Chronicle class loads: no use reports, no banner, no disk watcher thread.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        if (args.length > 0 && args[0].equals(LedgerCompare.NAME)) {
            System.exit(new CommandLine(new LedgerCompare())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .execute(Arrays.copyOfRange(args, 1, args.length)));
        }
        org.openjdk.jmh.Main.main(args);
    }
}
