package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refused journal opens again after a repair, which says beforehand what it takes away, and keeps it. */
class RepairTest {
    private static final int COMMITS = 6;

    @TempDir
    Path temporary;

    private Path directory;
    private List<String> lines;

    /** Two commits in a cycle, closed cleanly. */
    @BeforeEach
    void writeJournal() {
        directory = temporary.resolve("journal");
        try (JournalFixture fixture =
                new JournalFixture(JournalFixture.config(directory).rollBytes(115_000))) {
            for (int i = 1; i <= COMMITS; i++) {
                fixture.commitEvent(i % 2, "x".repeat(20_000));
            }
            lines = fixture.read(1);
        }
    }

    private JournalRepair plan() {
        return JournalRepair.plan(directory, (bytesDone, bytesTotal) -> {});
    }

    private void damage(final int commit) throws IOException {
        final Path cycle = DamagedDirectory.cycles(directory).get((commit - 1) / 2);
        final DamagedDirectory.Region region = DamagedDirectory.commits(cycle).get((commit - 1) % 2);
        DamagedDirectory.flip(cycle, region.offset() + 5_000L, 1);
    }

    private void expectRefusal() {
        assertThrows(JournalException.class, () -> JournalFixture.open(directory));
    }

    private void expectOpensWith(final int commits) throws IOException {
        assertEquals(
                JournalState.Verdict.OK, JournalInspector.at(directory).verify().verdict());
        assertEquals(List.of(), plan().steps());
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            assertFalse(fixture.journal.recovery().cut());
            assertEquals(lines.subList(0, 3 * commits), fixture.replayed.lines);
            assertEquals(commits + 1, fixture.commitEvent(1, "next").journal.force());
        }
        JournalFixture.open(directory).close();
        assertFalse(Files.exists(directory.resolve("rebuild")));
    }

    @Test
    void shouldHaveNothingToDoWhenAllIsWell() throws IOException {
        assertEquals(List.of(), plan().steps());
        assertNull(plan().damage());
        assertEquals(List.of(), plan().apply());
        expectOpensWith(COMMITS);
        assertEquals(List.of(), CrashedDirectory.kept(directory));
    }

    @Test
    void shouldChangeNothingWhenItPlans() throws IOException {
        damage(3);
        final Map<Path, String> before = inventory();
        final JournalRepair plan = plan();
        assertEquals(2, plan.lastSequence());
        assertNotNull(plan.damage());
        assertEquals(3, plan.damage().sequence());
        assertTrue(plan.steps().stream().anyMatch(step -> step.contains("sequence 2")), plan.steps()::toString);
        assertEquals(before, inventory());
        expectRefusal();
    }

    private Map<Path, String> inventory() throws IOException {
        final Map<Path, String> inventory = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.toList()) {
                final String content = Files.isDirectory(file) ? "" : "" + Arrays.hashCode(Files.readAllBytes(file));
                inventory.put(file, Files.getLastModifiedTime(file) + " " + content);
            }
        }
        return inventory;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void shouldOpenWithThePrefixWhenItWasApplied(final int commit) throws IOException {
        damage(commit);
        expectRefusal();
        final JournalRepair plan = plan();
        assertEquals(commit - 1, plan.lastSequence());
        final List<String> steps = plan.steps();
        final List<String> done = plan.apply();
        assertEquals(steps, done.subList(0, steps.size()));
        expectOpensWith(commit - 1);
    }

    @Test
    void shouldKeepWhatItTakesAwayAndWriteAReport() throws IOException {
        damage(4);
        final List<Path> cycles = DamagedDirectory.cycles(directory);
        final byte[] third = Files.readAllBytes(cycles.get(2));
        final DamagedDirectory.Region fourth =
                DamagedDirectory.commits(cycles.get(1)).get(1);
        final byte[] bad = DamagedDirectory.excerpt(cycles.get(1), fourth);
        plan().apply();
        final List<Path> kept = CrashedDirectory.kept(directory);
        assertEquals(3, kept.size(), kept::toString);
        assertArrayEquals(third, Files.readAllBytes(kept.get(1)));
        assertArrayEquals(bad, Arrays.copyOf(Files.readAllBytes(kept.get(0)), bad.length));
        assertTrue(Files.readString(kept.get(2)).contains("behind sequence 3"), "the report must say where it cut");
    }

    @Test
    void shouldRepairWhenACycleIsMissing() throws IOException {
        Files.delete(DamagedDirectory.cycles(directory).get(1));
        expectRefusal();
        plan().apply();
        expectOpensWith(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"damaged", "empty", "lost"})
    void shouldWriteTheManifestAnewWhenItCannotBeRead(final String how) throws IOException {
        loseManifest(how);
        expectRefusal();
        assertEquals(COMMITS, plan().lastSequence());
        plan().apply();
        expectOpensWith(COMMITS);
    }

    private void loseManifest(final String how) throws IOException {
        final Path manifest = directory.resolve("manifest");
        switch (how) {
            case "damaged" -> DamagedDirectory.flip(manifest, 30, 4);
            case "empty" -> Files.write(manifest, new byte[0]);
            default -> Files.delete(manifest);
        }
    }

    @Test
    void shouldWriteTheManifestAnewWhenOldCyclesWereDeleted() throws IOException {
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            assertEquals(1, fixture.journal.deleteBefore(3));
            lines = fixture.read(3);
        }
        loseManifest("lost");
        plan().apply();
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            assertEquals(3, fixture.journal.firstSequence());
            assertEquals(lines, fixture.replayed.lines);
        }
    }

    @Test
    void shouldRefuseWhenManifestAndWatermarkAreLost() throws IOException {
        loseManifest("lost");
        Files.delete(directory.resolve("watermark"));
        assertThrows(JournalException.class, this::plan);
    }

    @Test
    void shouldReplaceAWatermarkOfAnotherJournal() throws IOException {
        final Path other = temporary.resolve("other");
        JournalFixture.open(other).close();
        Files.copy(other.resolve("watermark"), directory.resolve("watermark"), StandardCopyOption.REPLACE_EXISTING);
        expectRefusal();
        plan().apply();
        expectOpensWith(COMMITS);
    }

    @Test
    void shouldBeLockedOutWhileTheJournalIsOpen() throws IOException {
        final JournalRepair plan = plan();
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            assertThrows(JournalLockedException.class, plan::apply);
            assertThrows(JournalLockedException.class, this::plan);
            fixture.journal.force();
        }
        expectOpensWith(COMMITS);
    }

    @Test
    void shouldDoTheSameWhenItIsAppliedTwice() throws IOException {
        damage(5);
        final JournalRepair plan = plan();
        plan.apply();
        assertEquals(List.of(), plan.apply());
        expectOpensWith(4);
    }
}
