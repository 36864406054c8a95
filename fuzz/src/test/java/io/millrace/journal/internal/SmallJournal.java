package io.millrace.journal.internal;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.CommandView;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal of a few commits with everything in them that a commit can have, and what a reader of it is told. */
final class SmallJournal {
    static final int COMMITS = 8;

    private static final int BLOCK_SIZE_BYTES = 1 << 20;
    private static final int MAX_COMMIT_BYTES = 1 << 16;
    private static final int STREAMS = 3;
    private static final int REJECTED_CODE = 42;

    private SmallJournal() {}

    static JournalConfig config(final Path directory) {
        return JournalConfig.at(directory)
                .blockSizeBytes(BLOCK_SIZE_BYTES)
                .maxCommitBytes(MAX_COMMIT_BYTES)
                .touchAheadBytes(0);
    }

    /** Writes the journal and closes it. */
    static void write(final Path directory) {
        try (Journal journal = Journal.open(config(directory), new Lines())) {
            final CommandEncoder encoder = journal.commandEncoder();
            final UnsafeBuffer records = new UnsafeBuffer(new byte[MAX_COMMIT_BYTES]);
            for (int commit = 0; commit < COMMITS; commit++) {
                append(journal, encoder, records, commit);
            }
            journal.force();
        }
    }

    /** As many commands as its number says, at least one, the last of which is rejected in every third commit. */
    private static void append(
            final Journal journal, final CommandEncoder encoder, final UnsafeBuffer records, final int commit) {
        int length = 0;
        int events = 0;
        final int commands = commit + 1;
        for (int command = 0; command < commands; command++) {
            encoder.begin(records, length, records.capacity() - JournalFormat.COMMIT_HEADER_LENGTH - length);
            final boolean accepted = commit % 3 != 0 || command < commands - 1;
            for (int event = 0; accepted && event <= command; event++) {
                final int payload = 1 + (commit * 7 + event * 5) % 40;
                final int offset = encoder.claimEvent(1 + event, commit, event % STREAMS, payload);
                encoder.buffer().setMemory(offset, payload, (byte) ('a' + event));
            }
            if (command % 2 == 0) {
                encoder.result(new UnsafeBuffer(new byte[] {1, 2, 3}), 0, 1 + command % 3);
            }
            events += encoder.eventCount();
            length += encoder.end(
                    1 + command, commit, accepted, accepted ? 0 : REJECTED_CODE, Durability.JOURNALED, command);
        }
        journal.append(records, 0, length, commands, events, journal.nowNs());
    }

    /** What a reader is told, as text. */
    static final class Lines implements JournalHandler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void onCommand(final CommandView command) {
            lines.add("command " + command.clientId() + '.' + command.requestId() + ' ' + command.accepted() + ' '
                    + command.code() + ' ' + command.durability() + ' ' + command.firstSequence() + ' '
                    + command.eventCount() + ' ' + command.timestampNs() + ' '
                    + text(new UnsafeBuffer(command.buffer(), command.resultOffset(), command.resultLength())));
        }

        @Override
        public void onEvent(final EventView event) {
            lines.add("event " + event.sequence() + ' ' + event.typeId() + '.' + event.schemaVersion() + ' '
                    + event.streamId() + '.' + event.streamVersion() + ' ' + event.previousSequence() + ' '
                    + event.timestampNs() + ' '
                    + text(new UnsafeBuffer(event.buffer(), event.offset(), event.length())));
        }

        @Override
        public void onCommitEnd(final long lastSequence) {
            lines.add("end " + lastSequence);
        }

        private static String text(final UnsafeBuffer bytes) {
            return bytes.getStringWithoutLengthAscii(0, bytes.capacity());
        }

        List<String> all() {
            return lines;
        }
    }
}
