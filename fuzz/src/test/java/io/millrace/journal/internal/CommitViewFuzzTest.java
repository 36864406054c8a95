package io.millrace.journal.internal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.journal.CommandView;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A commit of any bytes is refused, or hands out exactly what it holds. The first byte of the input says what is made
 * good before the commit is checked, because no fuzzer guesses a CRC.
 */
class CommitViewFuzzTest {
    static final long JOURNAL_ID = 0x6D69_6C6C_7261_6365L;
    static final long FIRST_SEQUENCE = 1;

    /** Length and CRC are computed. */
    static final int WITH_CRC = 1;

    /** So is the rest of the envelope that is compared with what is expected. */
    static final int WITH_ENVELOPE = 2;

    private static final int MAX_BYTES = 1 << 16;

    private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(MAX_BYTES, 64));

    @FuzzTest(maxDuration = "5m")
    void shouldRefuseOrHandOutAllWhenCommitIsAnything(final byte[] input) {
        final int length = input.length - 1;
        if (length < 0 || length > MAX_BYTES) {
            return;
        }
        memory.putBytes(0, input, 1, length);
        if (length >= JournalFormat.COMMIT_HEADER_LENGTH) {
            makeGood(input[0], length);
        }
        final CommitView commit = new CommitView(JOURNAL_ID);
        commit.expect(FIRST_SEQUENCE, JournalFormat.firstChain(JOURNAL_ID));
        if (commit.open(memory.addressOffset(), length) == null) {
            assertEquals(
                    crc(length), memory.getInt(JournalFormat.COMMIT_CRC_OFFSET, BYTE_ORDER), "CRC of a good commit");
            checkContent(commit, length);
        }
    }

    private void makeGood(final int what, final int length) {
        if ((what & WITH_ENVELOPE) != 0) {
            memory.putInt(JournalFormat.COMMIT_MAGIC_OFFSET, JournalFormat.MAGIC, BYTE_ORDER);
            memory.putInt(JournalFormat.COMMIT_VERSION_OFFSET, JournalFormat.VERSION, BYTE_ORDER);
            memory.putLong(JournalFormat.COMMIT_JOURNAL_ID_OFFSET, JOURNAL_ID, BYTE_ORDER);
            memory.putLong(JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET, FIRST_SEQUENCE, BYTE_ORDER);
            memory.putLong(JournalFormat.COMMIT_CHAIN_OFFSET, JournalFormat.firstChain(JOURNAL_ID), BYTE_ORDER);
        }
        if ((what & WITH_CRC) != 0) {
            memory.putInt(JournalFormat.COMMIT_LENGTH_OFFSET, length, BYTE_ORDER);
            memory.putInt(JournalFormat.COMMIT_CRC_OFFSET, crc(length), BYTE_ORDER);
        }
    }

    /** By the JDK, not by what the journal uses. */
    private int crc(final int length) {
        final byte[] bytes = new byte[length - JournalFormat.COMMIT_CHECKED_OFFSET];
        memory.getBytes(JournalFormat.COMMIT_CHECKED_OFFSET, bytes);
        final CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private void checkContent(final CommitView commit, final int length) {
        final Content content = new Content(length);
        commit.deliver(content, new CommitView.Progress());
        assertEquals(commit.eventCount(), content.events, "events handed out");
        assertEquals(commit.commandCount(), content.commands, "commands handed out");
        assertEquals(length, content.endOffset, "end of the last command");
        assertEquals(FIRST_SEQUENCE + content.events, commit.expectedFirst(), "first sequence expected next");
        final EventView event = new EventView();
        for (long sequence = FIRST_SEQUENCE; sequence < commit.expectedFirst(); sequence++) {
            commit.locate(sequence, event);
            content.check(event, sequence);
        }
        commit.rewind();
        assertNull(commit.open(memory.addressOffset(), length), "a good commit is good again");
    }

    /** Counts, and sees to it that everything lies within the commit. */
    private static final class Content implements JournalHandler {
        private final int length;
        private int commands;
        private int events;
        private int endOffset = JournalFormat.COMMIT_HEADER_LENGTH;

        private Content(final int length) {
            this.length = length;
        }

        @Override
        public void onCommand(final CommandView command) {
            commands++;
            assertEquals(FIRST_SEQUENCE + events, command.firstSequence(), "first sequence of a command");
            checkWithin(command.resultOffset(), command.resultLength());
            endOffset += command.recordLength();
        }

        @Override
        public void onAhead(final EventBatch batch) {
            assertTrue(batch.size() > 0, "events ahead");
            for (int i = 0; i < batch.size(); i++) {
                check(batch.get(i), FIRST_SEQUENCE + events + i);
            }
        }

        @Override
        public void onEvent(final EventView event) {
            check(event, FIRST_SEQUENCE + events);
            events++;
        }

        private void check(final EventView event, final long sequence) {
            assertEquals(sequence, event.sequence(), "sequence of an event");
            assertTrue(event.length() > 0, "payload of an event");
            checkWithin(event.offset(), event.length());
        }

        private void checkWithin(final int offset, final int bytes) {
            assertTrue(
                    offset >= JournalFormat.COMMIT_HEADER_LENGTH && bytes >= 0 && bytes <= length - offset,
                    () -> "must lie within " + length + " bytes: offset=" + offset + ", bytes=" + bytes);
        }
    }
}
