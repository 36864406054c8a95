package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cycle files that were begun since the last force, when the machine goes down: they may hold anything, or be missing. */
class UnforcedCycleTest {
    private static final int CYCLES = 4;
    private static final int FORCED = 2;

    @TempDir
    Path temporary;

    private Path crashed;
    private List<Path> cycles;
    private List<String> lines;

    /** One commit in each cycle; the first two were forced. */
    @BeforeEach
    void writeJournal() throws IOException {
        final Path open = temporary.resolve("open");
        crashed = temporary.resolve("crashed");
        final JournalConfig config = JournalFixture.config(open).rollBytes(1);
        try (JournalFixture fixture = new JournalFixture(config)) {
            for (int i = 1; i <= CYCLES; i++) {
                fixture.commitEvent(1, "cycle " + i);
                if (i == FORCED) {
                    fixture.journal.force();
                }
            }
            lines = fixture.read(1);
            CrashedDirectory.copyAfterMachineDied(open, crashed);
        }
        cycles = DamagedDirectory.cycles(crashed);
        assertEquals(CYCLES, cycles.size());
    }

    @Test
    void shouldMoveACycleAsideWhenAllOfItIsBad() throws IOException {
        final Path bad = cycles.get(CYCLES - 1);
        final byte[] junk = DamagedDirectory.filled((int) Files.size(bad), 0x5A);
        DamagedDirectory.write(bad, 0, junk);
        expectCutBehind(CYCLES - 1);
        assertArrayEquals(junk, Files.readAllBytes(crashed.resolve("cut/epoch2-" + bad.getFileName())));
    }

    @Test
    void shouldMoveLaterCyclesAsideWhenAnUnforcedOneIsBad() throws IOException {
        final Path bad = cycles.get(FORCED);
        DamagedDirectory.flip(bad, DamagedDirectory.commits(bad).get(0).offset() + 70L, 1);
        expectCutBehind(FORCED);
        assertTrue(
                Files.exists(crashed.resolve("cut/epoch2-" + cycles.get(FORCED).getFileName())));
        assertTrue(Files.exists(
                crashed.resolve("cut/epoch2-" + cycles.get(FORCED + 1).getFileName())));
    }

    @Test
    void shouldMoveLaterCyclesAsideWhenAnUnforcedOneIsMissing() throws IOException {
        Files.delete(cycles.get(FORCED));
        expectCutBehind(FORCED);
    }

    @Test
    void shouldOpenWhenAllUnforcedCyclesAreMissing() throws IOException {
        Files.delete(cycles.get(FORCED));
        Files.delete(cycles.get(FORCED + 1));
        expectLines(FORCED);
    }

    @Test
    void shouldRefuseWhenAForcedCycleIsBadOrMissing() throws IOException {
        final Path forced = cycles.get(FORCED - 1);
        DamagedDirectory.flip(forced, DamagedDirectory.commits(forced).get(0).offset() + 70L, 1);
        assertThrows(JournalCorruptException.class, () -> JournalFixture.open(crashed));
        Files.delete(forced);
        assertThrows(JournalCorruptException.class, () -> JournalFixture.open(crashed));
        assertFalse(Files.exists(crashed.resolve("cut")));
    }

    private void expectCutBehind(final int commits) {
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertTrue(fixture.journal.recovery().cut());
            assertEquals(commits, fixture.journal.recovery().lastSequence());
        }
        expectLines(commits);
    }

    private void expectLines(final int commits) {
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertFalse(fixture.journal.recovery().cut());
            assertEquals(lines.subList(0, 3 * commits), fixture.replayed.lines);
            assertEquals(commits + 1, fixture.commitEvent(1, "next").journal.force());
        }
        JournalFixture.open(crashed).close();
    }
}
