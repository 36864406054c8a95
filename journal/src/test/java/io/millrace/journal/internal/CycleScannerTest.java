package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Durability;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.internal.CycleScanner.Step;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scanner says of each place in a cycle file. */
class CycleScannerTest {
    private static final int BLOCK_BYTES = 1 << 20;

    /** More than the spacing of Chronicle's index, so that it has entries. */
    private static final int COMMITS = 600;

    private static final int END_OF_CYCLE = 0xC000_0000;

    @TempDir
    Path directory;

    private Manifest manifest;
    private Path file;
    private Path second;
    private final List<Long> words = new ArrayList<>();

    /** A cycle that was closed, and one with a single commit behind it. */
    @BeforeEach
    void writeJournal() throws IOException {
        final long[] nowNs = {1};
        final JournalConfig config = JournalConfig.at(directory)
                .blockSizeBytes(BLOCK_BYTES)
                .maxCommitBytes(BLOCK_BYTES / 4)
                .reserveBytes(BLOCK_BYTES)
                .clock(() -> nowNs[0]);
        try (Journal journal = Journal.open(config, event -> {})) {
            for (int i = 0; i < COMMITS; i++) {
                append(journal);
            }
            nowNs[0] = 2 * JournalConfig.DEFAULT_ROLL_INTERVAL_NS;
            append(journal);
        }
        manifest = Manifest.read(directory);
        file = DirectoryContents.cycles(directory).get(0);
        second = DirectoryContents.cycles(directory).get(1);
    }

    private static void append(final Journal journal) {
        final UnsafeBuffer records = new UnsafeBuffer(new byte[512]);
        final CommandEncoder encoder = journal.commandEncoder();
        encoder.begin(records, 0, records.capacity());
        encoder.claimEvent(1, 1, 1, 40);
        final int length = encoder.end(1, 1, true, 0, Durability.JOURNALED, 0);
        journal.append(records, 0, length, 1, 1, journal.nowNs());
    }

    private CycleScanner open(final Path cycle, final long first, final long chain) {
        final CommitView commit = new CommitView(manifest.journalId());
        commit.expect(first, chain);
        return new CycleScanner(cycle, commit, BLOCK_BYTES / 4);
    }

    private CycleScanner open() {
        return open(file, 1, manifest.firstChain());
    }

    /** Walks on to the first place that is not a good commit. */
    private Step walk(final CycleScanner scanner) {
        words.clear();
        Step step = scanner.next();
        while (step == Step.COMMIT) {
            words.add(scanner.commitOffset());
            step = scanner.next();
        }
        return step;
    }

    private void write(final long offset, final int word) throws IOException {
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
            target.seek(offset);
            target.write(ByteBuffer.allocate(Integer.BYTES)
                    .order(JournalFormat.BYTE_ORDER)
                    .putInt(word)
                    .array());
        }
    }

    @Test
    void shouldSayBadWhenAnyByteOfTheHeaderDiffersThatNeverChanges() throws IOException {
        final byte[] header = new byte[CycleHeader.BYTES];
        final List<Integer> accepted = new ArrayList<>();
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
            target.readFully(header);
            for (int i = 0; i < header.length; i++) {
                target.seek(i);
                target.write(header[i] ^ 1 << i % Byte.SIZE);
                try (CycleScanner scanner = open()) {
                    if (scanner.next() != Step.BAD) {
                        accepted.add(i);
                    }
                }
                target.seek(i);
                target.write(header[i]);
            }
        }
        // Where Chronicle writes to: its newest position and index, its first page, and a counter.
        final List<Integer> changing = IntStream.of(0x40, 0x48, 0x98, 0xB0)
                .flatMap(start -> IntStream.range(start, start + Long.BYTES))
                .boxed()
                .toList();
        assertEquals(changing, accepted);
    }

    @Test
    void shouldFindFaultWithAPositionOfTheLastCommitThatIsNegative() throws IOException {
        write(CycleHeader.WRITE_POSITION_OFFSET + Integer.BYTES, 1 << 31);
        try (CycleScanner scanner = open()) {
            assertEquals(Step.CLOSED, walk(scanner));
            assertNotNull(scanner.checkIndex());
        }
    }

    @Test
    void shouldWalkAllCommitsToTheMarkOfAClosedCycle() {
        try (CycleScanner scanner = open()) {
            assertEquals(Step.CLOSED, walk(scanner));
            assertEquals(COMMITS, scanner.commits());
            assertEquals(COMMITS, words.stream().distinct().count());
            assertEquals(Step.CLOSED, scanner.next());
            assertEquals(scanner.commitOffset(), scanner.lastWrittenOffset());
            assertTrue(scanner.isZeroFrom(scanner.behindEnd(scanner.offset())));
            assertFalse(scanner.isZeroFrom(scanner.offset()));
        }
    }

    @Test
    void shouldStandAtTheEndOfAnOpenCycle() {
        final Manifest.Cycle closed = manifest.cycles().get(0);
        try (CycleScanner scanner = open(second, closed.lastSequence() + 1, closed.closingChain())) {
            assertEquals(Step.END, walk(scanner));
            assertEquals(1, scanner.commits());
            assertTrue(scanner.isZeroFrom(scanner.offset()));
            assertEquals(Step.END, scanner.next());
        }
    }

    @Test
    void shouldSayBadAndStayWhenAHeaderIsNotACommits() throws IOException {
        try (CycleScanner scanner = open()) {
            walk(scanner);
        }
        final long at = words.get(300);
        for (final int word : new int[] {-1, 0x8000_0010, 0x4000_0010, 3, 1 << 29, 100, END_OF_CYCLE + 4}) {
            write(at, word);
            try (CycleScanner scanner = open()) {
                assertEquals(Step.BAD, walk(scanner), Integer.toHexString(word));
                assertEquals(at, scanner.offset());
                assertNotNull(scanner.wrong());
                assertEquals(Step.BAD, scanner.next());
                assertTrue(scanner.validFollows(manifest.journalId(), 301));
            }
        }
    }

    @Test
    void shouldFindNoGoodCommitOfAnotherJournalOrOfTheLastCommitBehindThePlace() throws IOException {
        try (CycleScanner scanner = open()) {
            walk(scanner);
        }
        write(words.get(COMMITS - 1), 0);
        try (CycleScanner scanner = open()) {
            assertEquals(Step.END, walk(scanner));
            assertFalse(scanner.validFollows(manifest.journalId(), COMMITS));
            scanner.skipTo(words.get(COMMITS - 2));
            assertTrue(scanner.validFollows(manifest.journalId(), COMMITS));
            assertFalse(scanner.validFollows(manifest.journalId(), COMMITS + 1));
            assertFalse(scanner.validFollows(manifest.journalId() + 1, 1));
        }
    }

    @Test
    void shouldSayBlankOnlyWhenNothingWasEverWritten() throws IOException {
        for (final int length : new int[] {0, 4, 1 << 17}) {
            Files.write(file, new byte[length]);
            try (CycleScanner scanner = open()) {
                assertEquals(Step.BLANK, scanner.next());
            }
        }
        write(1 << 16, 1);
        try (CycleScanner scanner = open()) {
            assertEquals(Step.BAD, scanner.next());
        }
    }

    @Test
    void shouldFindAnIndexEntryThatLeadsElsewhere() throws IOException {
        long entry = -1;
        try (CycleScanner scanner = open()) {
            walk(scanner);
            assertNull(scanner.checkIndex());
        }
        final byte[] pages = new byte[words.get(0).intValue()];
        try (RandomAccessFile source = new RandomAccessFile(file.toFile(), "r")) {
            source.readFully(pages);
        }
        final ByteBuffer longs = ByteBuffer.wrap(pages).order(JournalFormat.BYTE_ORDER);
        for (int at = 256; at < pages.length - Long.BYTES && entry < 0; at += 4) {
            entry = longs.getLong(at) == words.get(256) ? at : -1;
        }
        assertTrue(entry > 0, "the index must have an entry for commit 256");
        write(entry, words.get(257).intValue());
        try (CycleScanner scanner = open()) {
            assertEquals(Step.CLOSED, walk(scanner));
            assertNotNull(scanner.checkIndex());
        }
    }

    @Test
    void shouldReadAnywhereInAFileOfManyGigabytes() throws IOException {
        final long far = 3L << 30;
        final long length = 5L << 30;
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
            target.setLength(length);
        }
        write(far - Integer.BYTES, 1);
        try (CycleScanner scanner = open()) {
            assertTrue(scanner.isZeroFrom(length - (1 << 20)));
            assertTrue(scanner.isZeroFrom(length - (1 << 10)));
            scanner.skipTo(far);
            assertEquals(Step.END, scanner.next());
            scanner.skipTo(far - Integer.BYTES);
            assertEquals(Step.BAD, scanner.next());
        }
        try (CycleScanner scanner = open()) {
            scanner.skipTo(far);
            assertEquals(Step.END, scanner.next());
        }
    }

    @Test
    void shouldReadWhatWasWrittenSinceOnceItIsRefreshed() throws IOException {
        try (CycleScanner scanner = open()) {
            walk(scanner);
        }
        final long last = words.get(COMMITS - 1);
        final int length;
        try (RandomAccessFile source = new RandomAccessFile(file.toFile(), "r")) {
            source.seek(last);
            length = Integer.reverseBytes(source.readInt());
        }
        write(last, 0);
        try (CycleScanner scanner = open()) {
            assertEquals(Step.END, walk(scanner));
            write(last, length);
            assertEquals(Step.END, scanner.next());
            scanner.refresh();
            assertEquals(Step.COMMIT, scanner.next());
            assertEquals(COMMITS, scanner.commits());
        }
    }
}
