package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.JournalCorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest whole copy counts, whatever has become of the other. */
class WatermarkFileTest {
    private static final int COPY_BYTES = 64;
    private static final Manifest MANIFEST = Manifest.create(1 << 20).nextEpoch();

    @TempDir
    Path directory;

    private Path file;

    /** The older copy says 10, the newer one, at the start of the file, 20. */
    @BeforeEach
    void writeWatermark() throws IOException {
        file = directory.resolve(WatermarkFile.FILE_NAME);
        try (WatermarkFile watermark = WatermarkFile.open(directory, MANIFEST, null)) {
            watermark.store(10, 111, 5, 1_000, false);
            watermark.store(20, -222, 6, 2_000, true);
            watermark.force();
        }
    }

    private WatermarkFile.Copy read() {
        return WatermarkFile.read(directory, MANIFEST.journalId());
    }

    private WatermarkFile.Copy decode(final byte[] bytes) {
        return WatermarkFile.decode(file, bytes, MANIFEST.journalId());
    }

    @Test
    void shouldReadTheLastStore() {
        final WatermarkFile.Copy copy = read();
        assertEquals(new WatermarkFile.Place(20, -222, 6, 2_000), copy.place());
        assertTrue(copy.clean());
        assertEquals(MANIFEST.journalId(), copy.journalId());
        assertEquals(MANIFEST.blockSizeBytes(), copy.blockSizeBytes());
        assertEquals(MANIFEST.epoch(), copy.epoch());
        assertEquals(copy, WatermarkFile.readAny(directory));
    }

    @Test
    void shouldGoOnCountingWhenOpenedAgain() throws IOException {
        for (int i = 3; i < 6; i++) {
            try (WatermarkFile watermark = WatermarkFile.open(directory, MANIFEST.nextEpoch(), read())) {
                watermark.store(10L * i, i, i, i, false);
            }
            assertEquals(i, read().counter());
            assertEquals(10L * i, read().place().sequence());
        }
    }

    @Test
    void shouldHaveItsSizeAndBeItsOwnersAlone() throws IOException {
        assertEquals(WatermarkFile.FILE_BYTES, Files.size(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void shouldGoByTheOlderCopyWhenAnyBitOfTheNewerIsFlipped() throws IOException {
        final byte[] good = Files.readAllBytes(file);
        for (int bit = 0; bit < COPY_BYTES * Byte.SIZE; bit++) {
            final byte[] bad = good.clone();
            bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertEquals(10, decode(bad).place().sequence());
            bad[WatermarkFile.COPY_STRIDE_BYTES + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertNull(decode(bad));
        }
    }

    @Test
    void shouldGoByTheOlderCopyWhenTheNewerIsTornAnywhere() throws IOException {
        final byte[] good = Files.readAllBytes(file);
        final byte[] before = good.clone();
        Arrays.fill(before, 0, COPY_BYTES, (byte) 0);
        for (int at = 1; at < COPY_BYTES; at++) {
            final byte[] firstHalf = before.clone();
            System.arraycopy(good, 0, firstHalf, 0, at);
            final long sequence = decode(firstHalf).place().sequence();
            assertTrue(sequence == 10 || Arrays.equals(firstHalf, good), "torn at " + at);
            final byte[] secondHalf = before.clone();
            System.arraycopy(good, at, secondHalf, at, COPY_BYTES - at);
            assertEquals(10, decode(secondHalf).place().sequence(), "torn at " + at);
        }
    }

    @Test
    void shouldBeNullWhenItIsMissingEmptyOrShort() throws IOException {
        final byte[] good = Files.readAllBytes(file);
        for (final int length : new int[] {0, 1, COPY_BYTES - Long.BYTES}) {
            Files.write(file, Arrays.copyOf(good, length));
            assertNull(read());
        }
        Files.write(file, Arrays.copyOf(good, COPY_BYTES));
        assertEquals(20, read().place().sequence());
        Files.delete(file);
        assertNull(read());
    }

    @Test
    void shouldRefuseAGoodCopyOfAnotherJournal() {
        final JournalCorruptException refusal = assertThrows(
                JournalCorruptException.class, () -> WatermarkFile.read(directory, MANIFEST.journalId() + 1));
        assertEquals(file, refusal.file());
    }

    @Test
    void shouldMakeTheFileAnewWhenNothingOfItCouldBeRead() throws IOException {
        Files.write(file, new byte[100]);
        try (WatermarkFile watermark = WatermarkFile.open(directory, MANIFEST, null)) {
            watermark.store(30, 1, 1, 1, false);
        }
        assertEquals(30, read().place().sequence());
        assertEquals(WatermarkFile.FILE_BYTES, Files.size(file));
    }

    @Test
    void shouldCoverWhatLiesBeforeThePlace() {
        final WatermarkFile.Place place = new WatermarkFile.Place(20, 0, 6, 2_000);
        assertTrue(place.covers(5, Long.MAX_VALUE));
        assertTrue(place.covers(6, 1_999));
        assertEquals(false, place.covers(6, 2_000) || place.covers(7, 0));
    }
}
