package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.JournalFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordWriterTest {
    private static final int PAGE_BYTES = 4096;
    private static final int LENGTH = 4 * PAGE_BYTES + 8;
    private static final int OFFSET = 24;

    @TempDir
    Path directory;

    private final UnsafeBuffer records = new UnsafeBuffer(BufferUtil.allocateDirectAligned(4 * LENGTH, 64));
    private final UnsafeBuffer commit =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(JournalFormat.COMMIT_HEADER_LENGTH + LENGTH, 64));
    private final byte[] expected = new byte[LENGTH];
    private boolean pagesAhead;
    private final RecordWriter writer = new RecordWriter(() -> pagesAhead);

    @BeforeEach
    void fill() {
        final Random random = new Random(11);
        random.nextBytes(expected);
        records.putBytes(OFFSET, expected);
        for (int i = 0; i < JournalFormat.COMMIT_HEADER_LENGTH; i++) {
            commit.putByte(i, (byte) random.nextInt());
        }
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private Path file(final String name) throws IOException {
        return Files.createFile(directory.resolve(name));
    }

    @Test
    void shouldTakeOnlyRecordsOffHeapWhereNoPagesAreAhead() {
        assertTrue(writer.goesPastMapping(0, records, LENGTH));
        assertFalse(writer.goesPastMapping(0, new UnsafeBuffer(new byte[LENGTH]), LENGTH));
        assertFalse(writer.goesPastMapping(0, new UnsafeBuffer(ByteBuffer.allocate(LENGTH)), LENGTH));
        pagesAhead = true;
        assertFalse(writer.goesPastMapping(0, records, LENGTH));
    }

    @Test
    void shouldTakeOnlyRecordsBehindWhichANewPageIsReached() {
        final int last = PAGE_BYTES - RecordWriter.NEXT_START_BYTES - 64;
        assertTrue(writer.goesPastMapping(8 * PAGE_BYTES + last, records, 64));
        assertFalse(writer.goesPastMapping(8 * PAGE_BYTES + last - 1, records, 64));
    }

    /** What the reader computes: over one stretch of memory. */
    private int checksumOfCopy(final UnsafeBuffer source, final int offset) {
        commit.putBytes(JournalFormat.COMMIT_HEADER_LENGTH, source, offset, LENGTH);
        return Crc32c.INSTANCE.compute(
                commit.addressOffset(),
                JournalFormat.COMMIT_CHECKED_OFFSET,
                JournalFormat.COMMIT_HEADER_LENGTH + LENGTH - JournalFormat.COMMIT_CHECKED_OFFSET);
    }

    @Test
    void shouldComputeTheChecksumOfEnvelopeAndRecords() {
        final int before = writer.checksum(commit, records, OFFSET, LENGTH);
        assertEquals(checksumOfCopy(records, OFFSET), before);
        final int checked = JournalFormat.COMMIT_CHECKED_OFFSET;
        commit.putByte(checked, (byte) ~commit.getByte(checked));
        final int changed = writer.checksum(commit, records, OFFSET, LENGTH);
        assertEquals(checksumOfCopy(records, OFFSET), changed);
        assertNotEquals(before, changed);
    }

    @Test
    void shouldComputeTheChecksumWhenTheBufferLiesWithinALargerOne() {
        final UnsafeBuffer part = new UnsafeBuffer(records, 16, 2 * LENGTH);
        final int computed = writer.checksum(commit, part, OFFSET - 16, LENGTH);
        assertEquals(checksumOfCopy(part, OFFSET - 16), computed);
    }

    @Test
    void shouldWriteToTheFileOfTheCycleAndToTheOffset() throws IOException {
        final Path first = file("first");
        final Path second = file("second");
        writer.write(first.toFile(), 1, 100, records, OFFSET, LENGTH);
        writer.write(first.toFile(), 1, 100_000, records, OFFSET, LENGTH);
        writer.write(second.toFile(), 2, 0, records, OFFSET, LENGTH);
        final byte[] bytes = Files.readAllBytes(first);
        assertEquals(100_000 + LENGTH, bytes.length);
        assertArrayEquals(expected, Arrays.copyOfRange(bytes, 100, 100 + LENGTH));
        assertArrayEquals(expected, Arrays.copyOfRange(bytes, 100_000, 100_000 + LENGTH));
        assertArrayEquals(expected, Files.readAllBytes(second));
    }

    @Test
    void shouldFillThePageInWhichTheNextCommitWillBegin() throws IOException {
        final Path within = file("within");
        writer.write(within.toFile(), 1, 0, records, OFFSET, PAGE_BYTES - RecordWriter.NEXT_START_BYTES - 1);
        assertEquals(PAGE_BYTES - RecordWriter.NEXT_START_BYTES - 1, Files.size(within));
        for (int missing = 0; missing <= RecordWriter.NEXT_START_BYTES; missing += 8) {
            final Path file = file("missing" + missing);
            final int length = 2 * PAGE_BYTES - missing;
            writer.write(file.toFile(), 10 + missing, 0, records, OFFSET, length);
            final byte[] bytes = Files.readAllBytes(file);
            assertEquals(3 * PAGE_BYTES, bytes.length);
            assertArrayEquals(Arrays.copyOf(expected, length), Arrays.copyOf(bytes, length));
            assertArrayEquals(new byte[PAGE_BYTES], Arrays.copyOfRange(bytes, 2 * PAGE_BYTES, 3 * PAGE_BYTES));
        }
    }

    @Test
    void shouldNameTheFileWhenItCannotBeWritten() {
        final Path missing = directory.resolve("missing");
        final IllegalStateException e = assertThrows(
                IllegalStateException.class, () -> writer.write(missing.toFile(), 1, 0, records, OFFSET, LENGTH));
        assertTrue(e.getMessage().contains(missing.toString()), e.getMessage());
    }

    @Test
    void shouldFailWhenTheDiskIsFull() {
        final IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> writer.write(Path.of("/dev/full").toFile(), 1, 0, records, OFFSET, LENGTH));
        assertTrue(e.getMessage().contains("call=write"), e.getMessage());
    }
}
