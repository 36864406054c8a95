package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read, and nothing else is. */
class ManifestTest {
    private static final Manifest MANIFEST = new Manifest(
            0x8F3B_29C0_4A1D_77E5L,
            3,
            1 << 20,
            11,
            -5,
            List.of(
                    new Manifest.Cycle(CycleRoll.FIRST, 11, 20, Long.MIN_VALUE),
                    new Manifest.Cycle(CycleRoll.FIRST + 1, 21, 20, 7),
                    Manifest.Cycle.open(CycleRoll.FIRST + 5, 21)));

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve(Manifest.FILE_NAME);
    }

    private String written() throws IOException {
        MANIFEST.write(directory);
        return Files.readString(file(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        for (final Manifest manifest :
                List.of(MANIFEST, MANIFEST.nextEpoch(), MANIFEST.withCycles(List.of()), Manifest.create(1 << 26))) {
            manifest.write(directory);
            assertEquals(manifest, Manifest.read(directory));
            assertFalse(Files.exists(directory.resolve(Manifest.NEW_FILE_NAME)));
        }
    }

    @Test
    void shouldBeNullWhenThereIsNone() {
        assertNull(Manifest.read(directory));
    }

    @Test
    void shouldDrawAnotherIdForEachJournal() {
        assertNotEquals(
                Manifest.create(1 << 20).journalId(), Manifest.create(1 << 20).journalId());
    }

    @Test
    void shouldMoveItsStartWhenTheOldestCyclesAreTakenOut() {
        final Manifest one = MANIFEST.withoutOldest(1);
        assertEquals(21, one.firstSequence());
        assertEquals(Long.MIN_VALUE, one.firstChain());
        assertEquals(MANIFEST.cycles().subList(1, 3), one.cycles());
        assertEquals(7, MANIFEST.withoutOldest(2).firstChain());
        assertEquals(1, MANIFEST.withoutOldest(2).cycles().size());
    }

    @Test
    void shouldRefuseWhenAnyBitIsFlipped() throws IOException {
        final byte[] good = written().getBytes(StandardCharsets.ISO_8859_1);
        for (int bit = 0; bit < good.length * Byte.SIZE; bit++) {
            final byte[] bad = good.clone();
            bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            refuse(new String(bad, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void shouldRefuseWhenItIsTruncatedOrTorn() throws IOException {
        final String good = written();
        for (int length = 0; length < good.length(); length++) {
            refuse(good.substring(0, length));
            refuse(good.substring(0, length) + "\0".repeat(good.length() - length));
            refuse("\0".repeat(good.length() - length) + good.substring(good.length() - length));
        }
        refuse(good + "\n");
        refuse(good + good);
    }

    @Test
    void shouldRefuseCyclesOutOfOrder() throws IOException {
        final List<Manifest.Cycle> cycles = new ArrayList<>(MANIFEST.cycles());
        for (final int[] order : new int[][] {{1, 0}, {0, 0}, {2, 1}, {2, 2}}) {
            MANIFEST.withCycles(Arrays.stream(order).mapToObj(cycles::get).toList())
                    .write(directory);
            assertThrows(JournalCorruptException.class, () -> Manifest.read(directory));
        }
    }

    @Test
    void shouldRefuseCyclesThatAreNoFileNames() throws IOException {
        final String name = CycleRoll.fileName(CycleRoll.FIRST);
        for (final String wrong :
                new String[] {"/", "", "..", "x", "./" + name, "../" + name, name + "/", name + "x"}) {
            refuse(withGoodCrc(written().replaceFirst(name, wrong)));
        }
    }

    private static String withGoodCrc(final String text) {
        final String lines = text.replaceAll("crc32c=.*\n", "");
        final CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
        return lines + "crc32c=" + Long.toHexString(crc.getValue()) + "\n";
    }

    /** A later release may write what this one does not know. Its CRC is good. */
    @Test
    void shouldNotCallAnotherVersionCorrupt() throws IOException {
        final String text = withGoodCrc(written().replaceFirst("manifestVersion=\\d+", "manifestVersion=99"));
        final JournalException refusal = assertThrows(JournalException.class, () -> Manifest.parse(file(), text));
        assertEquals(JournalException.class, refusal.getClass());
    }

    private void refuse(final String text) {
        final JournalCorruptException refusal =
                assertThrows(JournalCorruptException.class, () -> Manifest.parse(file(), text), text);
        assertEquals(file(), refusal.file());
    }
}
