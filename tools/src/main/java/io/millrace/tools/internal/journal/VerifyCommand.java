package io.millrace.tools.internal.journal;

import io.millrace.journal.JournalAnchor;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalState;
import io.millrace.tools.internal.console.JsonLine;
import io.millrace.tools.internal.console.Progress;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the command line of {@code millrace journal verify}. */
@Command(
        name = "verify",
        description = {
            "Reads and checks everything as an opening would. Says OK, or which file is damaged where, at which"
                    + " sequence, why, what an opening would do, and what a repair would.",
            "",
            "Checksums and chain show every change of what is there, but not that the newest commits are missing, nor"
                    + " that somebody who knows the format wrote them anew. An anchor that was taken before shows both.",
        })
final class VerifyCommand extends JournalCommand {
    @Option(
            names = "--anchor",
            paramLabel = "FILE",
            description = "Compare also with an anchor, which 'millrace journal anchor' wrote earlier.")
    private Path anchorFile;

    @Override
    int run() {
        final JournalAnchor anchor = anchorFile == null ? null : AnchorFile.read(anchorFile);
        final JournalState state;
        try (Progress progress = progress("verifying")) {
            state = inspector(progress).verify();
        } catch (final JournalCorruptException e) {
            return unreadable(e);
        }
        final StateReport report = new StateReport(state);
        if (state.verdict() == JournalState.Verdict.DAMAGED || anchor == null) {
            print(state, report);
            return end(report.json(), exitCode(state.verdict()));
        }
        final JournalState.Damage difference;
        try (Progress progress = progress("comparing")) {
            difference = inspector(progress).compare(anchor);
        }
        if (difference == null) {
            print(state, report);
            out().println("anchor     continued: it was taken at sequence " + anchor.lastSequence());
        } else {
            printDamage("DAMAGED", difference, "sees nothing of this: by itself the journal is whole");
            out().println("anchor     not continued: it was taken at sequence " + anchor.lastSequence());
        }
        final JsonLine json =
                report.json().put("anchor_sequence", anchor.lastSequence()).put("anchor_continued", difference == null);
        if (difference != null) {
            json.put("verdict", JournalState.Verdict.DAMAGED.name()).put("damage", StateReport.damage(difference));
        }
        return end(json, difference == null ? exitCode(state.verdict()) : DAMAGED);
    }

    /** The manifest itself is damaged, or contradicts what lies beside it. */
    private int unreadable(final JournalCorruptException e) {
        final JournalState.Damage damage = new JournalState.Damage(
                e.file(), e.fileOffset(), e.sequence(), e.problem(), "see the steps of 'millrace journal repair'");
        printDamage("DAMAGED", damage, "refuses");
        final JsonLine json = new JsonLine()
                .put("directory", directory().toString())
                .put("verdict", JournalState.Verdict.DAMAGED.name())
                .put("damage", StateReport.damage(damage));
        return end(json, DAMAGED);
    }

    private int end(final JsonLine json, final int exitCode) {
        if (json()) {
            json.print(out());
        }
        out().flush();
        return exitCode;
    }

    private void print(final JournalState state, final StateReport report) {
        if (state.damage() == null) {
            out().println("OK         " + report.counts());
        } else {
            printDamage(
                    state.verdict().name(),
                    state.damage(),
                    state.verdict() == JournalState.Verdict.TORN
                            ? "cuts this by itself, and keeps what it cuts in the directory cut"
                            : "refuses");
            out().println("readable   " + report.counts());
        }
        out().println(report.watermark());
        out().println(report.holder());
    }

    private void printDamage(final String verdict, final JournalState.Damage damage, final String opening) {
        out().println(verdict);
        out().println("file       " + damage.file());
        out().println("offset     " + damage.fileOffset());
        out().println("sequence   " + damage.sequence());
        out().println("cause      " + damage.cause());
        out().println("opening    " + opening);
        out().println("repair     " + damage.remedy());
    }
}
