package io.millrace.benchmarks;

import io.millrace.benchmarks.compare.ContenderCommand;
import io.millrace.benchmarks.latency.LatencyRun;
import io.millrace.benchmarks.report.ReportCommand;
import io.millrace.benchmarks.scale.ScaleRun;
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
     * @param args {@code bench}, {@code report}, {@code ledger-compare}, {@code checks-cost} or {@code touch-ahead} and
     *     what belongs to it, or JMH's own arguments
     * @throws Exception from JMH
     */
    public static void main(final String[] args) throws Exception {
        // Read before the first Chronicle class loads: no use reports, no banner, no disk watcher thread.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        final CommandLine command = args.length == 0 ? null : command(args[0]);
        if (command != null) {
            System.exit(command.setCaseInsensitiveEnumValuesAllowed(true)
                    .execute(Arrays.copyOfRange(args, 1, args.length)));
        }
        org.openjdk.jmh.Main.main(args);
    }

    /** Null when JMH is meant. */
    private static CommandLine command(final String name) {
        return switch (name) {
            case BenchCommand.NAME -> BenchCommand.commandLine();
            case "report" -> new CommandLine(new ReportCommand());
            case ContenderCommand.NAME -> new CommandLine(new ContenderCommand());
            case LatencyRun.NAME -> new CommandLine(new LatencyRun());
            case ScaleRun.NAME -> new CommandLine(new ScaleRun());
            case LedgerCompare.NAME -> new CommandLine(new LedgerCompare());
            case ChecksCost.NAME -> new CommandLine(new ChecksCost());
            case ChecksRun.NAME -> new CommandLine(new ChecksRun());
            case TouchAheadLatency.NAME -> new CommandLine(new TouchAheadLatency());
            default -> null;
        };
    }
}
