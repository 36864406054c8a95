package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recovery that ends in the middle is simply run again. */
class InterruptedRecoveryTest {
    private static final int GOOD = 3;

    @TempDir
    Path temporary;

    private Path crashed;
    private List<String> lines;

    /** Two forced commits in one cycle, one in the next, and a torn one behind it, and a cycle behind that. */
    @BeforeEach
    void writeJournal() throws IOException {
        final Path open = temporary.resolve("open");
        crashed = temporary.resolve("crashed");
        final JournalConfig config = JournalFixture.config(open).rollBytes(110_000);
        try (JournalFixture fixture = new JournalFixture(config)) {
            for (int i = 1; i <= 5; i++) {
                fixture.commitEvent(1, String.valueOf(i).repeat(15_000));
                if (i == 2) {
                    fixture.journal.force();
                }
            }
            lines = fixture.read(1).subList(0, 3 * GOOD);
            CrashedDirectory.copyAfterMachineDied(open, crashed);
        }
        final List<Path> cycles = DamagedDirectory.cycles(crashed);
        assertEquals(3, cycles.size());
        DamagedDirectory.zero(
                cycles.get(1), DamagedDirectory.commits(cycles.get(1)).get(1).offset() + 4096L, 4096);
    }

    @Test
    void shouldCutTheSameWhenTheHandlerThrewInTheMiddle() throws IOException {
        final Set<String> before = names(crashed);
        final IllegalStateException onPurpose = new IllegalStateException("on purpose");
        final JournalConfig config = JournalFixture.config(crashed);
        for (int i = 0; i < 3; i++) {
            final IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> Journal.open(config, event -> {
                        if (event.sequence() == 2) {
                            throw onPurpose;
                        }
                    }));
            assertEquals(onPurpose, thrown);
            before.remove("metadata.cq4t"); // Chronicle's table is no loss
            assertEquals(before, names(crashed));
        }
        expectCut();
    }

    @Test
    void shouldRemoveWhatAnInterruptedRecoveryLeft() throws IOException {
        final Path rebuild = Files.createDirectory(
                crashed.resolve("rebuild"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.copy(DamagedDirectory.cycles(crashed).get(1), rebuild.resolve("00100002M.cq4"));
        Files.write(rebuild.resolve("metadata.cq4t"), new byte[100]);
        Files.copy(crashed.resolve("manifest"), crashed.resolve("manifest.new"));
        expectCut();
        assertFalse(Files.exists(rebuild));
        assertFalse(Files.exists(crashed.resolve("manifest.new")));
    }

    /** Before the file is replaced, its bad bytes are in the cut directory already, and later cycles are gone. */
    @Test
    void shouldCutTheSameWhenItsFileWasNotReplacedYet() throws IOException {
        final Path first = temporary.resolve("first");
        CrashedDirectory.copyAfterMachineDied(crashed, first);
        expectCut();
        final List<Path> kept = CrashedDirectory.kept(crashed);
        final byte[] bytes = Files.readAllBytes(kept.get(0));
        Files.delete(DamagedDirectory.cycles(first).get(2));
        DamagedDirectory.copy(crashed.resolve("cut"), first.resolve("cut"));
        crashed = first;
        expectCut();
        assertEquals(bytes.length, Files.size(CrashedDirectory.kept(first).get(0)));
        assertEquals(kept.size(), CrashedDirectory.kept(first).size());
    }

    @Test
    void shouldOpenTheSameWhenTheManifestWasNotWrittenYet() throws IOException {
        final byte[] manifest = Files.readAllBytes(crashed.resolve("manifest"));
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertEquals(2, fixture.journal.epoch());
            final Path halfWay = temporary.resolve("half way");
            CrashedDirectory.copyAfterMachineDied(crashed, halfWay);
            Files.write(halfWay.resolve("manifest"), manifest);
            crashed = halfWay;
        }
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertFalse(fixture.journal.recovery().cut());
            assertEquals(lines, fixture.replayed.lines);
            assertEquals(2, fixture.journal.epoch());
        }
    }

    private void expectCut() throws IOException {
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertTrue(fixture.journal.recovery().cut());
            assertEquals(lines, fixture.replayed.lines);
            assertEquals(GOOD + 1, fixture.commitEvent(1, "next").journal.journaledSequence());
        }
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertFalse(fixture.journal.recovery().cut());
            assertEquals(lines, fixture.replayed.lines.subList(0, lines.size()));
        }
        assertFalse(Files.exists(crashed.resolve("rebuild")));
    }

    private static Set<String> names(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
