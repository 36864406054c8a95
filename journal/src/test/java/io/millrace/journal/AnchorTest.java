package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an anchor finds that a chain cannot: a journal that is whole, and is not what it was. */
class AnchorTest {
    private static final int COMMITS = 6;

    @TempDir
    Path temporary;

    private Path directory;
    private Path backup;
    private JournalAnchor anchor;

    /** Two commits in a cycle; a backup after four of them, and the anchor after all. */
    @BeforeEach
    void writeJournal() throws IOException {
        directory = temporary.resolve("journal");
        backup = temporary.resolve("backup");
        try (JournalFixture fixture = open(directory)) {
            append(fixture, 4, "x");
        }
        DamagedDirectory.copy(directory, backup);
        try (JournalFixture fixture = open(directory)) {
            append(fixture, COMMITS - 4, "x");
        }
        anchor = JournalInspector.at(directory).anchor();
    }

    private static JournalFixture open(final Path in) {
        return new JournalFixture(JournalFixture.config(in).rollBytes(115_000));
    }

    private static void append(final JournalFixture fixture, final int commits, final String letter) {
        for (int i = 0; i < commits; i++) {
            fixture.commitEvent(1, letter.repeat(20_000));
        }
    }

    private JournalState.Damage compare(final Path with) {
        return JournalInspector.at(with).compare(anchor);
    }

    @Test
    void shouldDescribeWhatIsThere() {
        assertEquals(COMMITS, anchor.lastSequence());
        assertEquals(3, anchor.cycles().size());
        assertTrue(anchor.cycles().stream().allMatch(cycle -> cycle.commits() == 2));
        assertTrue(anchor.cycles().stream().allMatch(cycle -> cycle.sha256().matches("[0-9a-f]{64}")));
        assertEquals(anchor, JournalInspector.at(directory).anchor());
    }

    @Test
    void shouldAgreeWhenTheJournalOnlyGrew() {
        assertNull(compare(directory));
        try (JournalFixture fixture = open(directory)) {
            append(fixture, 3, "y");
            assertNull(compare(directory));
        }
        assertNull(compare(directory));
    }

    @Test
    void shouldAgreeWhenOldCyclesWereDeleted() {
        try (JournalFixture fixture = open(directory)) {
            assertEquals(2, fixture.journal.deleteBefore(5));
        }
        assertNull(compare(directory));
    }

    @Test
    void shouldFindAnOlderBackup() {
        assertEquals(
                JournalState.Verdict.OK, JournalInspector.at(backup).verify().verdict());
        expectDamage(backup, "cycle must be there");
    }

    /** An opening sees nothing: it was closed cleanly with what is there now. */
    @Test
    void shouldFindAHistoryThatWasWrittenAnew() {
        try (JournalFixture fixture = open(backup)) {
            append(fixture, COMMITS - 4, "y");
        }
        assertEquals(
                JournalState.Verdict.OK, JournalInspector.at(backup).verify().verdict());
        assertEquals(COMMITS, JournalInspector.at(backup).verify().lastSequence());
        expectDamage(backup, "SHA-256");
    }

    /** A repair makes manifest and watermark fit what is left, as whoever wants to hide it would. */
    @Test
    void shouldFindATailThatWasTakenAway() throws IOException {
        final List<Path> cycles = DamagedDirectory.cycles(directory);
        final DamagedDirectory.Region last =
                DamagedDirectory.commits(cycles.get(2)).get(1);
        DamagedDirectory.zero(cycles.get(2), last.offset() - 4L, last.length() + 4);
        JournalRepair.plan(directory, (bytesDone, bytesTotal) -> {}).apply();
        assertEquals(
                JournalState.Verdict.OK, JournalInspector.at(directory).verify().verdict());
        expectDamage(directory, "commits");
    }

    @Test
    void shouldFindAnotherJournal() {
        final Path other = temporary.resolve("other");
        try (JournalFixture fixture = open(other)) {
            append(fixture, COMMITS, "x");
        }
        expectDamage(other, "journal must be");
    }

    @Test
    void shouldFindACycleThatIsMissing() throws IOException {
        Files.delete(DamagedDirectory.cycles(directory).get(1));
        expectDamage(directory, "cycle must be there");
        assertThrows(
                JournalCorruptException.class,
                () -> JournalInspector.at(directory).anchor());
    }

    private void expectDamage(final Path in, final String part) {
        final JournalState.Damage damage = compare(in);
        assertNotNull(damage);
        assertTrue(damage.cause().contains(part), damage::toString);
    }

    @Test
    void shouldAgreeWithAnEmptyJournalsAnchor() {
        final Path empty = temporary.resolve("empty");
        open(empty).close();
        anchor = JournalInspector.at(empty).anchor();
        assertEquals(List.of(), anchor.cycles());
        assertNull(compare(empty));
        try (JournalFixture fixture = open(empty)) {
            append(fixture, 1, "x");
        }
        assertNull(compare(empty));
    }
}
