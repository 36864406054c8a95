package io.millrace.tools.internal.journal;

import io.millrace.journal.JournalState;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.schema.Schema;
import io.millrace.tools.internal.schema.SchemaFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the command line of {@code millrace journal stats}. */
@Command(
        name = "stats",
        description = {
            "Counts commands, events, commits, types and streams, and shows how they are spread.",
            "",
            "Streams are counted exactly up to a million; beyond that, events of further streams are counted together.",
        })
final class StatsCommand extends JournalCommand {
    @Option(
            names = "--schema",
            paramLabel = "NAME|FILE",
            description = "Names of types and codes: ledger, wiki, entities, or a file as for cat.")
    private String schemaName;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of the largest streams to show. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Override
    int run() {
        check(top >= 0, "--top must not be negative: " + top);
        final Schema schema = SchemaFile.schema(schemaName);
        final JournalStats stats = new JournalStats();
        final JournalState state;
        try (Progress progress = progress("counting")) {
            state = inspector(progress).read(1, stats);
        }
        final StatsReport report = new StatsReport(state, stats, schema, top);
        report.print(out());
        if (json()) {
            report.json().print(out());
        }
        out().flush();
        return endOfReading(state);
    }
}
