package io.millrace.engine;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** What a journal or a feed delivers, as values. Times and commit boundaries are left out: they differ from run to run. */
public final class JournalContent implements JournalHandler {
    /** A command record with its events. */
    public record Entry(
            long clientId,
            long requestId,
            boolean accepted,
            int code,
            long firstSequence,
            String result,
            List<EventEntry> events) {}

    /** An event record. */
    public record EventEntry(
            long sequence,
            int typeId,
            int schemaVersion,
            long streamId,
            long streamVersion,
            long previousSequence,
            String payload) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Everything in a journal that nobody has open. */
    public static List<Entry> of(final JournalConfig config) {
        final JournalContent content = new JournalContent();
        Journal.open(config, content).close();
        return content.entries;
    }

    /** Everything in an open journal. */
    public static List<Entry> of(final Journal journal) {
        final JournalContent content = new JournalContent();
        try (JournalReader reader = journal.newReader(1)) {
            while (reader.poll(content, 100) > 0) {
                continue;
            }
        }
        return content.entries;
    }

    @Override
    public void onCommand(final CommandView command) {
        entries.add(new Entry(
                command.clientId(),
                command.requestId(),
                command.accepted(),
                command.code(),
                command.firstSequence(),
                text(command.buffer(), command.resultOffset(), command.resultLength()),
                new ArrayList<>()));
    }

    @Override
    public void onEvent(final EventView event) {
        entries.get(entries.size() - 1)
                .events()
                .add(new EventEntry(
                        event.sequence(),
                        event.typeId(),
                        event.schemaVersion(),
                        event.streamId(),
                        event.streamVersion(),
                        event.previousSequence(),
                        text(event.buffer(), event.offset(), event.length())));
    }

    public List<Entry> entries() {
        return entries;
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length) {
        final StringBuilder text = new StringBuilder(2 * length);
        for (int i = offset; i < offset + length; i++) {
            text.append(Character.forDigit(buffer.getByte(i) >> 4 & 15, 16))
                    .append(Character.forDigit(buffer.getByte(i) & 15, 16));
        }
        return text.toString();
    }
}
