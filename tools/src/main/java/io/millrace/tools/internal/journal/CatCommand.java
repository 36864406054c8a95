package io.millrace.tools.internal.journal;

import io.millrace.journal.JournalState;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.schema.Schema;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the command line of {@code millrace journal cat}. */
@Command(
        name = "cat",
        description = {
            "Prints commands and events, a line each: sequence, time, type, stream.version, client.request, payload."
                    + " Long payloads in hex are cut off here, but not with --json or in an export.",
            "",
            "A command whose events do not fit the selection is left out. With --limit or --to the reading ends there,"
                    + " and the exit code is about what was read.",
        },
        footer = SelectionMixin.SCHEMA_HELP)
final class CatCommand extends JournalCommand {
    private static final int BUFFER_CHARS = 1 << 16;

    @Mixin
    private SelectionMixin mixin;

    @Option(names = "--commands", description = "Only commands. Default: commands and events.")
    private boolean commands;

    @Option(names = "--events", description = "Only events. Default: commands and events.")
    private boolean events;

    @Override
    int run() {
        final Schema schema = mixin.schema();
        final Selection selection = mixin.selection(schema);
        final PrintWriter out = new PrintWriter(new BufferedWriter(out(), BUFFER_CHARS));
        final Entries entries = new Entries(
                selection,
                commands || !events,
                events || !commands,
                json() ? new JsonPrinter(schema, out) : new TextPrinter(schema, out));
        final JournalState state;
        try (Progress progress = progress("reading")) {
            state = entries.read(inspectorBesideOutput(progress));
        } finally {
            out.flush();
        }
        return state == null ? OK : endOfReading(state);
    }
}
