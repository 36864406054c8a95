package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.CommandView;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.Seed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening a journal of many pieces, which one thread reads and another hands out. */
class ScanAheadTest {
    private static final int BLOCK_BYTES = 4 << 20;
    private static final int MAX_COMMIT_BYTES = BLOCK_BYTES / 4;
    private static final int SMALL_COMMITS = 3_000;
    private static final int LARGE_COMMITS = 10;
    private static final int ROLL_BYTES = 6 << 20;

    /** More than is read at once. */
    private static final int LARGE_BYTES = 700_000;

    private static final int MAX_SMALL_BYTES = 4_000;
    private static final int STREAMS = 50;

    @TempDir
    Path directory;

    private final Random random = Seed.random(ScanAheadTest.class);
    private final UnsafeBuffer records =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(MAX_COMMIT_BYTES, Long.BYTES));
    private long lastSequence;

    private JournalConfig config() {
        return JournalConfig.at(directory)
                .blockSizeBytes(BLOCK_BYTES)
                .maxCommitBytes(MAX_COMMIT_BYTES)
                .reserveBytes(2 * BLOCK_BYTES)
                .rollBytes(ROLL_BYTES);
    }

    /** Each event's payload is full of the last byte of its sequence. */
    @BeforeEach
    void writeJournal() {
        try (Journal journal = Journal.open(config(), event -> {})) {
            for (int i = 0; i < SMALL_COMMITS; i++) {
                append(journal, 1 + random.nextInt(4), 1 + random.nextInt(MAX_SMALL_BYTES));
                if (i % (SMALL_COMMITS / LARGE_COMMITS) == 0) {
                    append(journal, 1, LARGE_BYTES);
                }
            }
            lastSequence = journal.journaledSequence();
            journal.force();
        }
    }

    private void append(final Journal journal, final int events, final int eventBytes) {
        final CommandEncoder encoder = journal.commandEncoder();
        encoder.begin(records, 0, records.capacity());
        final long next = journal.journaledSequence() + 1;
        for (int i = 0; i < events; i++) {
            final int offset = encoder.claimEvent(1, 1, 1 + random.nextInt(STREAMS), eventBytes);
            records.setMemory(offset, eventBytes, (byte) (next + i));
        }
        final int length = encoder.end(1, next, true, 0, Durability.JOURNALED, 0);
        journal.append(records, 0, length, 1, events, journal.nowNs());
    }

    private static boolean scans() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("millrace-scan"));
    }

    @Test
    void shouldHandEverythingOutInOrderOnTheCallersThread() {
        final Checking all = new Checking();
        Journal.open(config(), all).close();

        assertEquals(lastSequence, all.lastSequence);
        assertEquals(SMALL_COMMITS + LARGE_COMMITS, all.commits);
        assertEquals(SMALL_COMMITS + LARGE_COMMITS, all.commands);
        assertTrue(DirectoryContents.cycles(directory).size() > 1);
    }

    @Test
    void shouldHandEverythingOutWhenTheHandlerIsSlow() {
        final Checking slow = new Checking() {
            @Override
            public void onCommitEnd(final long sequence) {
                super.onCommitEnd(sequence);
                if (commits % 100 == 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        };
        Journal.open(config(), slow).close();

        assertEquals(lastSequence, slow.lastSequence);
    }

    @Test
    void shouldThrowWhatTheHandlerThrewAndEndTheScan() {
        final IllegalStateException onPurpose = new IllegalStateException("on purpose");
        for (final long throwAt : List.of(1L, lastSequence / 3, lastSequence)) {
            final List<Long> seen = new ArrayList<>();
            final IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> Journal.open(config(), event -> {
                        seen.add(event.sequence());
                        if (event.sequence() == throwAt) {
                            throw onPurpose;
                        }
                    }));
            assertSame(onPurpose, thrown);
            assertEquals(throwAt, seen.size());
            assertFalse(scans());
        }
    }

    @Test
    void shouldHandOutWhatIsGoodBeforeWhatIsBad() throws IOException {
        final Path second = DirectoryContents.cycles(directory).get(1);
        try (RandomAccessFile file = new RandomAccessFile(second.toFile(), "rw")) {
            file.seek(ROLL_BYTES / 2);
            final byte found = file.readByte();
            file.seek(ROLL_BYTES / 2);
            file.writeByte(~found);
        }
        final Checking good = new Checking();

        final JournalCorruptException thrown =
                assertThrows(JournalCorruptException.class, () -> Journal.open(config(), good));

        assertEquals(second, thrown.file());
        assertEquals(thrown.sequence() - 1, good.lastSequence);
        assertTrue(good.commits > 0);
        assertFalse(scans());
    }

    @Test
    void shouldEndWhenTheCallerIsInterrupted() {
        final long interruptAt = lastSequence / 2;
        final JournalException thrown = assertThrows(
                JournalException.class,
                () -> Journal.open(config(), event -> {
                    if (event.sequence() == interruptAt) {
                        Thread.currentThread().interrupt();
                    }
                }));

        assertTrue(Thread.interrupted());
        assertTrue(thrown.getMessage().contains("interrupted"), thrown.getMessage());
        assertFalse(scans());
        final Checking all = new Checking();
        Journal.open(config(), all).close();
        assertEquals(lastSequence, all.lastSequence);
    }

    /** That every event comes, once, in order, with its bytes, on the thread that made this. */
    private static class Checking implements JournalHandler {
        private final Thread caller = Thread.currentThread();
        long lastSequence;
        int commands;
        int commits;

        @Override
        public void onCommand(final CommandView command) {
            assertSame(caller, Thread.currentThread());
            assertEquals(lastSequence + 1, command.firstSequence());
            assertEquals(lastSequence + 1, command.requestId());
            commands++;
        }

        @Override
        public void onEvent(final EventView event) {
            assertEquals(++lastSequence, event.sequence());
            for (int i = 0; i < event.length(); i++) {
                assertEquals((byte) lastSequence, event.buffer().getByte(event.offset() + i));
            }
        }

        @Override
        public void onCommitEnd(final long sequence) {
            assertEquals(lastSequence, sequence);
            commits++;
        }
    }
}
