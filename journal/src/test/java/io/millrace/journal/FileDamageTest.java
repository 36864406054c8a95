package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Missing, repeated, truncated and emptied files are found, whether they hold commits or the manifest. */
class FileDamageTest {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final int CYCLES = 3;

    @TempDir
    Path temporary;

    private Path good;
    private Path damaged;
    private List<Path> cycles;

    /** Three cycles of two commits, opened once more so that the manifest knows of them. */
    @BeforeEach
    void writeJournal() throws IOException {
        good = temporary.resolve("good");
        damaged = temporary.resolve("damaged");
        final AtomicLong nowNs = new AtomicLong(DAY_NS);
        try (JournalFixture fixture = new JournalFixture(JournalFixture.config(good, nowNs::get))) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                fixture.commitEvent(1, "a" + cycle).commitEvent(2, "b" + cycle);
                nowNs.addAndGet(DAY_NS);
            }
        }
        nowNs.set(0);
        new JournalFixture(JournalFixture.config(good, nowNs::get)).close();
        DamagedDirectory.copy(good, damaged);
        cycles = DamagedDirectory.cycles(damaged);
        assertEquals(CYCLES, cycles.size());
    }

    @Test
    void shouldRefuseWhenACycleFileIsMissing() throws IOException {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Files.delete(cycles.get(cycle));
            assertEquals(1 + 2L * cycle, refusal().sequence());
            DamagedDirectory.copy(good, damaged);
        }
    }

    @Test
    void shouldRefuseWhenAllCycleFilesAreMissing() throws IOException {
        for (final Path cycle : cycles) {
            Files.delete(cycle);
        }
        assertEquals(1, refusal().sequence());
    }

    @Test
    void shouldRefuseWhenACycleFileIsACopyOfAnother() throws IOException {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            final Path other = good.resolve(cycles.get((cycle + 1) % CYCLES).getFileName());
            Files.copy(other, cycles.get(cycle), StandardCopyOption.REPLACE_EXISTING);
            final JournalCorruptException refusal = refusal();
            assertEquals(1 + 2L * cycle, refusal.sequence());
            assertEquals(cycles.get(cycle), refusal.file());
            DamagedDirectory.copy(good, damaged);
        }
    }

    @Test
    void shouldRefuseWhenACycleFileIsEmptyOrZero() throws IOException {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            final int size = (int) Files.size(cycles.get(cycle));
            for (final int length : new int[] {0, size}) {
                Files.write(cycles.get(cycle), new byte[length]);
                refusal();
                DamagedDirectory.copy(good, damaged);
            }
        }
    }

    @Test
    void shouldRefuseWhenACycleFileIsTruncated() throws IOException {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            final List<DamagedDirectory.Region> commits = DamagedDirectory.commits(cycles.get(cycle));
            for (final int length : new int[] {
                1,
                100,
                4096,
                commits.get(0).offset() - 4,
                commits.get(0).offset() + 9,
                commits.get(1).offset() + 64
            }) {
                truncate(cycles.get(cycle), length);
                refusal();
                DamagedDirectory.copy(good, damaged);
            }
        }
    }

    @Test
    void shouldRefuseWhenACycleFileStartsWithAnotherWord() throws IOException {
        for (final Path cycle : cycles) {
            for (final byte[] word : List.of(
                    new byte[4], DamagedDirectory.filled(4, 0xFF), DamagedDirectory.filled(4, 0x7F), new byte[] {
                        1, 0, 0, 0
                    })) {
                DamagedDirectory.write(cycle, 0, word);
                final JournalCorruptException refusal = refusal();
                assertEquals(cycle, refusal.file());
                assertEquals(0, refusal.fileOffset());
                DamagedDirectory.copy(good, damaged);
            }
        }
    }

    /** What Chronicle writes at the end of a cycle sends readers on to the next. */
    @Test
    void shouldRefuseWhenTheEndOfACycleIsLost() throws IOException {
        for (int cycle = 0; cycle < CYCLES - 1; cycle++) {
            final DamagedDirectory.Region last =
                    DamagedDirectory.commits(cycles.get(cycle)).get(1);
            DamagedDirectory.zero(cycles.get(cycle), last.offset() + (long) last.length(), 4);
            refusal();
            DamagedDirectory.copy(good, damaged);
        }
    }

    @Test
    void shouldRefuseWhenAnyByteOfTheManifestIsChanged() throws IOException {
        final Path manifest = damaged.resolve("manifest");
        final byte[] whole = Files.readAllBytes(manifest);
        // One bit of each; that any other is found as well, ManifestTest shows without opening a journal.
        for (int at = 0; at < whole.length; at++) {
            DamagedDirectory.flip(manifest, at, 1 << at % Byte.SIZE);
            assertEquals(manifest, refusal().file());
            Files.write(manifest, whole);
        }
    }

    @Test
    void shouldRefuseWhenTheManifestIsTruncatedOrMissing() throws IOException {
        final Path manifest = damaged.resolve("manifest");
        final byte[] whole = Files.readAllBytes(manifest);
        for (int length = 0; length < whole.length; length++) {
            Files.write(manifest, Arrays.copyOf(whole, length));
            assertEquals(manifest, refusal().file());
        }
        Files.delete(manifest);
        assertEquals(manifest, refusal().file());
    }

    @Test
    void shouldChangeNothingWhenItRefuses() throws IOException {
        Files.delete(cycles.get(1));
        final byte[] manifest = Files.readAllBytes(damaged.resolve("manifest"));
        refusal();
        refusal();
        assertTrue(Arrays.equals(manifest, Files.readAllBytes(damaged.resolve("manifest"))));
        DamagedDirectory.copy(good, damaged);
        try (JournalFixture fixture = JournalFixture.open(damaged)) {
            assertEquals(2L * CYCLES, fixture.journal.journaledSequence());
            assertEquals(3, fixture.journal.epoch());
        }
    }

    private JournalCorruptException refusal() {
        return assertThrows(
                JournalCorruptException.class,
                () -> JournalFixture.open(damaged).close());
    }

    private static void truncate(final Path file, final int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }
}
