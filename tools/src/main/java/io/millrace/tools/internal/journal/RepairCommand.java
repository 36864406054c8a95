package io.millrace.tools.internal.journal;

import static io.millrace.tools.internal.console.Text.number;

import io.millrace.journal.JournalRepair;
import io.millrace.journal.JournalState;
import io.millrace.tools.internal.console.JsonLine;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.console.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the command line of {@code millrace journal repair}. */
@Command(
        name = "repair",
        description = {
            "Makes a refused journal open again, at the price that it names: everything up to the first damage stays,"
                    + " and what lies behind is taken away and kept in the directory cut, with a report.",
            "",
            "Changes nothing unless told to with --apply. Nobody may have the journal open. It gives up events that may"
                    + " have been acknowledged, so look for a backup first.",
        },
        exitCodeList = {
            "0:nothing needs a repair, or it was repaired",
            "1:something needs a repair, which was not asked for, or it cannot be repaired",
            "2:the command line is wrong",
        })
final class RepairCommand extends JournalCommand {
    @Option(names = "--apply", description = "Do it. Asks nothing.")
    private boolean apply;

    @Override
    int run() {
        if (apply) {
            requireOwner();
        }
        try (Progress progress = progress("reading")) {
            final JournalRepair repair = JournalRepair.plan(directory(), listener(progress));
            final List<String> steps = repair.steps();
            if (steps.isEmpty()) {
                out().println("nothing needs a repair: the journal is whole up to sequence " + repair.lastSequence());
                return end(json(repair, List.of()), OK);
            }
            printPlan(repair, steps);
            if (!apply) {
                out().println();
                out().println("Nothing was changed. Look for a backup first; then repeat this with --apply.");
                return end(json(repair, List.of()), DAMAGED);
            }
            final List<String> report = repair.apply();
            out().println();
            out().println("Done:");
            report.forEach(line -> out().println("  " + line));
            return end(json(repair, report), OK);
        }
    }

    private void printPlan(final JournalRepair repair, final List<String> steps) {
        final JournalState.Damage damage = repair.damage();
        if (damage != null) {
            out().println("damage     " + StateReport.place(damage));
        }
        out().println("stays      everything up to sequence " + repair.lastSequence());
        out().println("lost       " + lost(repair));
        out().println("steps");
        for (int i = 0; i < steps.size(); i++) {
            out().println("  " + (i + 1) + ". " + steps.get(i));
        }
    }

    private static String lost(final JournalRepair repair) {
        final long from = repair.lastSequence() + 1;
        final long to = repair.watermarkSequence();
        if (to >= from) {
            return number(to - from + 1) + " events, " + from + " to " + to
                    + ", that were on the disk, and whatever was journaled behind them";
        }
        return to < 0
                ? "whatever was journaled from sequence " + from + " on; nobody knows how much, there is no watermark"
                : "nothing that is known to have been forced; what was journaled from sequence " + from + " on";
    }

    private JsonLine json(final JournalRepair repair, final List<String> report) {
        return new JsonLine()
                .put("directory", directory().toString())
                .put("needed", !repair.steps().isEmpty())
                .put("applied", !report.isEmpty())
                .put("last_sequence", repair.lastSequence())
                .put("watermark_sequence", repair.watermarkSequence() < 0 ? null : repair.watermarkSequence())
                .put("damage", StateReport.damage(repair.damage()))
                .put("steps", repair.steps())
                .put("report", report);
    }

    private int end(final JsonLine json, final int exitCode) {
        if (json()) {
            json.print(out());
        }
        out().flush();
        return exitCode;
    }

    /** Files that another user creates in the directory would be refused by the next opening. */
    private void requireOwner() {
        final Path self = Path.of("/proc/self");
        try {
            if (Files.exists(self) && !uid(self).equals(uid(directory()))) {
                throw new ToolException(
                        "a journal must be repaired by its owner, or the owner cannot open it any more: " + directory()
                                + "; run as " + Files.getOwner(directory()).getName());
            }
        } catch (final IOException e) {
            throw new ToolException("journal directory must be readable: " + directory() + ": " + e, e);
        }
    }

    private static Object uid(final Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid");
    }
}
