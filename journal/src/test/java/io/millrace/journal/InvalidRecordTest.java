package io.millrace.journal;

import static io.millrace.journal.InvalidRecordException.Reason.BAD_LENGTH;
import static io.millrace.journal.InvalidRecordException.Reason.EMPTY_PAYLOAD;
import static io.millrace.journal.InvalidRecordException.Reason.TOO_LARGE;
import static io.millrace.journal.InvalidRecordException.Reason.UNKNOWN_TYPE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What breaks a rule of the format is refused by type before a byte of it is written, and the journal goes on. */
class InvalidRecordTest {
    private static final int CAPACITY = 8192;

    @TempDir
    Path directory;

    private final UnsafeBuffer records = new UnsafeBuffer(new byte[CAPACITY]);
    private JournalFixture fixture;
    private Journal journal;
    private CommandEncoder encoder;

    @BeforeEach
    void open() {
        fixture = new JournalFixture(JournalFixture.config(directory)
                .maxCommitBytes(4096)
                .maxResultBytes(100)
                .eventTypes(1, 7));
        journal = fixture.journal;
        encoder = journal.commandEncoder();
        encoder.begin(records, 0, 1024);
    }

    /** Whatever was refused: nothing is there, and the next commit is the journal's first. */
    @AfterEach
    void proveThatNothingWasWritten() {
        assertNull(journal.failure());
        assertEquals(0, journal.journaledSequence());
        fixture.commitEvent(1, "good");
        assertEquals(1, journal.journaledSequence());
        assertEquals(3, fixture.read(1).size());
        fixture.close();
        try (JournalFixture again = JournalFixture.open(directory)) {
            assertEquals(3, again.replayed.lines.size());
        }
    }

    private static void refuse(final InvalidRecordException.Reason reason, final Executable call) {
        assertEquals(reason, assertThrows(InvalidRecordException.class, call).reason());
    }

    @Test
    void shouldRefuseEventsWhenAFieldIsOutOfRange() {
        refuse(UNKNOWN_TYPE, () -> encoder.claimEvent(0, 1, 1, 1));
        refuse(UNKNOWN_TYPE, () -> encoder.claimEvent(-1, 1, 1, 1));
        refuse(UNKNOWN_TYPE, () -> encoder.claimEvent(2, 1, 1, 1));
        refuse(UNKNOWN_TYPE, () -> encoder.claimEvent(65_537, 1, 1, 1));
        refuse(BAD_LENGTH, () -> encoder.claimEvent(1, -1, 1, 1));
        refuse(BAD_LENGTH, () -> encoder.claimEvent(1, 65_536, 1, 1));
        refuse(EMPTY_PAYLOAD, () -> encoder.claimEvent(1, 1, 1, 0));
        refuse(BAD_LENGTH, () -> encoder.claimEvent(1, 1, 1, -1));
        assertEquals(0, encoder.eventCount());
    }

    @Test
    void shouldRefuseEventsWhenTheyDoNotFit() {
        final int fits = 1024 - JournalFormat.COMMAND_HEADER_LENGTH - JournalFormat.EVENT_HEADER_LENGTH;
        refuse(TOO_LARGE, () -> encoder.claimEvent(1, 1, 1, fits + 1));
        refuse(TOO_LARGE, () -> encoder.claimEvent(1, 1, 1, Integer.MAX_VALUE));
        encoder.claimEvent(1, 1, 1, fits);
        refuse(TOO_LARGE, () -> encoder.claimEvent(1, 1, 1, 1));
        assertEquals(1, encoder.eventCount());
        encoder.result(new UnsafeBuffer(new byte[1]), 0, 1);
        refuse(TOO_LARGE, () -> encoder.end(1, 1, true, 0, Durability.JOURNALED, 0));
    }

    @Test
    void shouldRefuseResultsWhenTheirLengthIsOutOfRange() {
        final UnsafeBuffer result = new UnsafeBuffer(new byte[101]);
        refuse(TOO_LARGE, () -> encoder.result(result, 0, 101));
        refuse(BAD_LENGTH, () -> encoder.result(result, 0, -1));
    }

    @Test
    void shouldRefuseTheCommandWhenANumberIsOutOfRange() {
        refuse(BAD_LENGTH, () -> encoder.end(1, 1, true, -1, Durability.JOURNALED, 0));
        refuse(BAD_LENGTH, () -> encoder.end(1, 1, true, 65_536, Durability.JOURNALED, 0));
        refuse(BAD_LENGTH, () -> encoder.end(1, 1, true, 0, Durability.JOURNALED, -1));
        refuse(BAD_LENGTH, () -> encoder.end(1, 1, true, 0, Durability.JOURNALED, 1L << 32));
        assertEquals(1, encoder.nextSequence());
    }

    @Test
    void shouldRefuseTheCallWhenNoCommandWasBegun() {
        encoder.end(1, 1, false, 0, Durability.JOURNALED, 0);
        assertThrows(IllegalStateException.class, () -> encoder.claimEvent(1, 1, 1, 1));
        assertThrows(IllegalStateException.class, () -> encoder.end(1, 1, true, 0, Durability.JOURNALED, 0));
    }

    @Test
    void shouldRefuseTheCommitWhenItIsTooLong() {
        refuse(TOO_LARGE, () -> append(4096 - JournalFormat.COMMIT_HEADER_LENGTH + 8, 1, 0));
    }

    @Test
    void shouldRefuseTheCommitWhenItsCountsAreNotThoseOfItsRecords() {
        final int length = encoder.end(1, 1, false, 0, Durability.JOURNALED, 0);
        refuse(BAD_LENGTH, () -> append(0, 0, 0));
        refuse(BAD_LENGTH, () -> append(-8, 1, 0));
        refuse(BAD_LENGTH, () -> append(length + 4, 1, 0));
        refuse(BAD_LENGTH, () -> append(length + 8, 1, 0));
        refuse(BAD_LENGTH, () -> append(length, 0, 0));
        refuse(BAD_LENGTH, () -> append(length, 2, 0));
        refuse(BAD_LENGTH, () -> append(length, 1, 1));
        refuse(BAD_LENGTH, () -> append(length, 1, -1));
        records.putInt(JournalFormat.COMMAND_LENGTH_OFFSET, 0);
        refuse(BAD_LENGTH, () -> append(length, 1, 0));
        records.putInt(JournalFormat.COMMAND_LENGTH_OFFSET, Integer.MAX_VALUE, JournalFormat.BYTE_ORDER);
        refuse(BAD_LENGTH, () -> append(length, 1, 0));
    }

    @Test
    void shouldRefuseTheCommitWhenItsTimestampDecreases() {
        final int length = encoder.end(1, 1, false, 0, Durability.JOURNALED, 0);
        refuse(BAD_LENGTH, () -> journal.append(records, 0, length, 1, 0, -1));
    }

    private void append(final int length, final int commandCount, final int eventCount) {
        journal.append(records, 0, length, commandCount, eventCount, journal.nowNs());
    }
}
