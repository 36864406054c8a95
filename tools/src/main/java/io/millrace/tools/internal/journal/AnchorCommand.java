package io.millrace.tools.internal.journal;

import io.millrace.journal.JournalAnchor;
import io.millrace.tools.internal.console.JsonLine;
import io.millrace.tools.internal.console.Progress;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the command line of {@code millrace journal anchor}. */
@Command(
        name = "anchor",
        description = {
            "Writes an anchor of what the journal holds now, as JSON: SHA-256 of the commits of each cycle.",
            "",
            "Keep it where whoever can change the journal cannot change it. 'millrace journal verify --anchor FILE' then"
                    + " proves that nothing of that was changed, cut off, or written anew. Cycles that retention has"
                    + " deleted since are not compared.",
        })
final class AnchorCommand extends JournalCommand {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write it to this new file. Default: to standard output.")
    private Path output;

    @Override
    int run() {
        checkOutput(output);
        final JournalAnchor anchor;
        try (Progress progress = progress("reading")) {
            anchor = inspector(progress).anchor();
        }
        final JsonLine json = AnchorFile.json(anchor);
        if (output != null) {
            try (OutputFile file = OutputFile.create(output)) {
                json.print(file.writer());
                file.finish();
            }
            out().println("anchor of sequence " + anchor.lastSequence() + " is in " + output);
        }
        if (output == null || json()) {
            json.print(out());
        }
        out().flush();
        return OK;
    }
}
