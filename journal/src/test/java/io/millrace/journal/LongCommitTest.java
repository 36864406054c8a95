package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing is filled ahead, long commits go past the mapping, and short ones between them do not. */
class LongCommitTest {
    private static final int LONG_BYTES = 16 << 10;
    private static final int COMMITS = 200;
    private static final int LONGEST_PAYLOAD_BYTES = 60_000;

    @TempDir
    Path directory;

    private JournalConfig config() {
        return JournalFixture.config(directory).touchAheadBytes(0);
    }

    private static String text(final int length, final int seed) {
        return new Random(seed)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Long and short ones in turns, over several cycle files. */
    private static List<String> write(final JournalFixture journal) {
        final Random random = new Random(4711);
        final List<String> payloads = new ArrayList<>();
        for (int i = 0; i < COMMITS; i++) {
            final String payload = text(1 + random.nextInt(i % 3 == 0 ? 100 : LONGEST_PAYLOAD_BYTES), i);
            journal.commitEvent(i % 7, payload);
            payloads.add(payload);
        }
        return payloads;
    }

    private static List<String> payloads(final List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("event"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    @Test
    void shouldBeReadAsTheyWereWrittenWhenLongAndShortOnesTakeTurns() {
        final List<String> written;
        try (JournalFixture journal = new JournalFixture(config())) {
            written = write(journal);
            assertEquals(written, payloads(journal.read(1)));
            assertFalse(journal.journal.force() < COMMITS);
        }
        try (JournalFixture journal = new JournalFixture(config())) {
            assertEquals(written, payloads(journal.replayed.lines));
        }
    }

    @Test
    void shouldBeTheSameBytesAsThroughTheMapping() {
        final List<String> past;
        final List<String> through;
        try (JournalFixture journal = new JournalFixture(config().clock(() -> 1_000))) {
            write(journal);
            past = journal.read(1);
        }
        final JournalConfig filled =
                JournalFixture.config(directory.resolve("filled")).clock(() -> 1_000);
        try (JournalFixture journal = new JournalFixture(filled)) {
            write(journal);
            through = journal.read(1);
        }
        assertEquals(through, past);
    }

    @Test
    void shouldBeReadWhenExactlyAsLongAsTheFirstLongOne() {
        final int eventBytes = JournalFormat.COMMAND_HEADER_LENGTH + JournalFormat.EVENT_HEADER_LENGTH;
        try (JournalFixture journal = new JournalFixture(config())) {
            for (int more = -16; more <= 16; more += 8) {
                final String payload = text(LONG_BYTES - eventBytes + more, more);
                journal.commitEvent(1, payload);
                assertEquals(List.of(payload), payloads(journal.read(journal.journal.journaledSequence())));
            }
        }
    }
}
