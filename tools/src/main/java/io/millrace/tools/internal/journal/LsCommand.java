package io.millrace.tools.internal.journal;

import io.millrace.journal.JournalState;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.console.TextTable;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;

/** Reads the command line of {@code millrace journal ls}. */
@Command(
        name = "ls",
        description = "Lists the cycle files of a journal, and who has it open. Reads and checks all of it.")
final class LsCommand extends JournalCommand {
    @Override
    int run() {
        final JournalState state;
        try (Progress progress = progress("reading")) {
            state = inspector(progress).verify();
        }
        final StateReport report = new StateReport(state);
        table(state).print(out());
        out().println();
        out().println(report.identity());
        out().println(report.watermark());
        out().println(report.holder());
        out().println("verdict    " + state.verdict()
                + (state.damage() == null ? "" : ": " + StateReport.place(state.damage())));
        if (json()) {
            report.json().print(out());
        }
        out().flush();
        return exitCode(state.verdict());
    }

    private static TextTable table(final JournalState state) {
        final TextTable table = new TextTable(
                "Cycles",
                "file",
                "first",
                "last",
                "events",
                "commits",
                "bytes",
                "file bytes",
                "opened at (UTC)",
                "closed");
        for (final JournalState.Cycle cycle : state.cycles()) {
            table.row(
                    cycle.file().getFileName(),
                    cycle.firstSequence(),
                    cycle.lastSequence(),
                    StateReport.events(cycle),
                    cycle.commits(),
                    cycle.commitBytes(),
                    cycle.fileBytes(),
                    cycle.firstTimestampNs() == 0
                            ? "-"
                            : StateReport.instant(cycle.firstTimestampNs()).truncatedTo(ChronoUnit.SECONDS),
                    cycle.closed() ? "yes" : "no");
        }
        return table;
    }
}
