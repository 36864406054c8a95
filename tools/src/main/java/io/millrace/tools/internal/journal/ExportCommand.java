package io.millrace.tools.internal.journal;

import static io.millrace.tools.internal.console.Text.number;

import io.millrace.journal.JournalState;
import io.millrace.tools.internal.console.JsonLine;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.schema.Schema;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the command line of {@code millrace journal export}. */
@Command(
        name = "export",
        description = {
            "Writes events as JSON lines, an object each: the payload as 'payload' when the schema can read it, else its"
                    + " bytes as 'hex'. Numbers are as long as they are, up to 128 bits.",
            "",
            "Goes on beside a live writer up to where that is. Without --out nothing else is printed to standard output.",
        },
        footer = SelectionMixin.SCHEMA_HELP)
final class ExportCommand extends JournalCommand {
    private static final int BUFFER_CHARS = 1 << 16;

    @Mixin
    private SelectionMixin mixin;

    @Option(names = "--commands", description = "Commands, too, each before its events.")
    private boolean commands;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to this new file, and a summary to standard output. Default: to standard output.")
    private Path output;

    @Override
    int run() {
        final Schema schema = mixin.schema();
        final Selection selection = mixin.selection(schema);
        checkOutput(output);
        return output == null ? exportToStandardOutput(schema, selection) : exportToFile(schema, selection);
    }

    private int exportToStandardOutput(final Schema schema, final Selection selection) {
        final PrintWriter out = new PrintWriter(new BufferedWriter(out(), BUFFER_CHARS));
        final JournalState state;
        try (Progress progress = progress("exporting")) {
            state = new Entries(selection, commands, true, new JsonPrinter(schema, out))
                    .read(inspectorBesideOutput(progress));
        } finally {
            out.flush();
        }
        return state == null ? OK : endOfReading(state);
    }

    private int exportToFile(final Schema schema, final Selection selection) {
        try (OutputFile file = OutputFile.create(output);
                Progress progress = progress("exporting")) {
            final Entries entries = new Entries(selection, commands, true, new JsonPrinter(schema, file.writer()));
            final JournalState state = entries.read(inspector(progress));
            file.finish();
            out().println(number(entries.events()) + " events"
                    + (commands ? " and " + number(entries.commands()) + " commands" : "") + " are in " + output);
            if (json()) {
                new JsonLine()
                        .put("file", output.toString())
                        .put("events", entries.events())
                        .put("commands", entries.commands())
                        .print(out());
            }
            out().flush();
            return state == null ? OK : endOfReading(state);
        }
    }
}
