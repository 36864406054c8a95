package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole cycles are deleted, oldest first, and none that somebody needs. */
class RetentionTest {
    private static final int CYCLES = 6;
    private static final int PER_CYCLE = 2;

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("journal");
    }

    private JournalConfig config() {
        return JournalFixture.config(directory()).rollBytes(115_000);
    }

    /** Two commits of one event in each cycle, on two streams. */
    private JournalFixture openAndFill() throws IOException {
        final JournalFixture fixture = new JournalFixture(config());
        for (int i = 1; i <= CYCLES * PER_CYCLE; i++) {
            fixture.commitEvent(i % 2, "x".repeat(20_000));
        }
        assertEquals(CYCLES, cycles());
        return fixture;
    }

    private int cycles() throws IOException {
        return DamagedDirectory.cycles(directory()).size();
    }

    @Test
    void shouldDeleteWholeCyclesBeforeASequence() throws IOException {
        try (JournalFixture fixture = openAndFill()) {
            assertEquals(0, fixture.journal.deleteBefore(1));
            assertEquals(0, fixture.journal.deleteBefore(PER_CYCLE));
            assertEquals(1, fixture.journal.deleteBefore(PER_CYCLE + 1));
            assertEquals(PER_CYCLE + 1, fixture.journal.firstSequence());
            assertEquals(2, fixture.journal.deleteBefore(3 * PER_CYCLE + 2));
            assertEquals(3 * PER_CYCLE + 1, fixture.journal.firstSequence());
            assertEquals(CYCLES - 3, cycles());
        }
    }

    /** The thread that fills space ahead may have just begun with a file that is left and deleted. */
    @Test
    void shouldStayHealthyWhenCyclesAreDeletedAsSoonAsTheyAreLeft() throws IOException {
        try (JournalFixture fixture =
                new JournalFixture(JournalFixture.config(directory()).rollBytes(1))) {
            for (int i = 1; i <= 1_000; i++) {
                assertEquals(i, fixture.commitEvent(1, "x").journal.force());
                fixture.journal.deleteBefore(i);
                assertNull(fixture.journal.failure());
            }
        }
    }

    @Test
    void shouldNeverDeleteTheNewestCycle() throws IOException {
        try (JournalFixture fixture = openAndFill()) {
            assertEquals(CYCLES - 1, fixture.journal.deleteBefore(Long.MAX_VALUE));
            assertEquals(0, fixture.journal.deleteBefore(Long.MAX_VALUE));
            assertEquals(1, cycles());
            assertEquals(
                    CYCLES * PER_CYCLE + 1,
                    fixture.commitEvent(1, "next").journal.force());
        }
    }

    @Test
    void shouldNotDeleteWhatIsHeld() throws IOException {
        try (JournalFixture fixture = openAndFill()) {
            final RetentionHold hold = fixture.journal.hold(PER_CYCLE);
            assertEquals(0, fixture.journal.deleteBefore(Long.MAX_VALUE));
            hold.advance(PER_CYCLE + 1);
            assertEquals(1, fixture.journal.deleteBefore(Long.MAX_VALUE));
            assertThrows(IllegalArgumentException.class, () -> hold.advance(1));
            hold.close();
            hold.close();
            assertEquals(CYCLES - 2, fixture.journal.deleteBefore(Long.MAX_VALUE));
        }
    }

    @Test
    void shouldNotDeleteWhatAReaderHasStillToRead() throws IOException {
        try (JournalFixture fixture = openAndFill();
                JournalReader reader = fixture.journal.newReader(1)) {
            assertEquals(0, fixture.journal.deleteBefore(Long.MAX_VALUE));
            final JournalFixture.Recorder recorder = new JournalFixture.Recorder();
            reader.poll(recorder, PER_CYCLE + 2);
            assertEquals(PER_CYCLE + 2, recorder.lastSequence);
            assertEquals(1, fixture.journal.deleteBefore(Long.MAX_VALUE));
            while (reader.poll(recorder, 16) > 0) {
                continue;
            }
            assertEquals(CYCLES * PER_CYCLE, recorder.lastSequence);
        }
    }

    @Test
    void shouldReplayFromItsFirstSequenceWhenOpenedAgain() throws IOException {
        final int first = 3 * PER_CYCLE + 1;
        final List<String> rest;
        try (JournalFixture fixture = openAndFill()) {
            rest = fixture.read(first);
            assertEquals(3, fixture.journal.deleteBefore(first));
            assertEquals(rest, fixture.read(first));
        }
        for (int i = 0; i < 2; i++) {
            try (JournalFixture fixture = new JournalFixture(config())) {
                assertEquals(first, fixture.journal.firstSequence());
                assertEquals(rest, fixture.replayed.lines);
                assertEquals(rest, fixture.read(first));
            }
        }
    }

    @Test
    void shouldContinueStreamVersionsWhenAStreamsStartIsDeleted() throws IOException {
        final int last = CYCLES * PER_CYCLE;
        try (JournalFixture fixture = openAndFill()) {
            fixture.journal.deleteBefore(last - 1);
            fixture.commitEvent(0, "thirteenth");
        }
        try (JournalFixture fixture = new JournalFixture(config());
                StreamReader streams = fixture.journal.newStreamReader()) {
            fixture.commitEvent(0, "fourteenth");
            final List<Long> versions = new ArrayList<>();
            streams.readForward(0, event -> versions.add(event.streamVersion()));
            assertEquals(List.of(6L, 7L, 8L), versions.stream().sorted().toList());
        }
        new JournalFixture(config()).close();
    }

    @Test
    void shouldRefuseToReadOrHoldWhatIsDeleted() throws IOException {
        try (JournalFixture fixture = openAndFill()) {
            fixture.journal.deleteBefore(PER_CYCLE + 1);
            assertThrows(JournalException.class, () -> fixture.journal.newReader(PER_CYCLE));
            assertThrows(JournalException.class, () -> fixture.journal.hold(PER_CYCLE));
            fixture.journal.newReader(PER_CYCLE + 1).close();
            assertEquals(
                    3,
                    fixture.commitEvent(1, "healthy")
                            .read(CYCLES * PER_CYCLE + 1)
                            .size());
        }
    }

    /** The manifest is written before the files go. */
    @Test
    void shouldDeleteTheRestWhenADeletionWasInterrupted() throws IOException {
        final Path saved = temporary.resolve("saved");
        final List<String> rest;
        try (JournalFixture fixture = openAndFill()) {
            DamagedDirectory.copy(directory(), saved);
            rest = fixture.read(2 * PER_CYCLE + 1);
            assertEquals(2, fixture.journal.deleteBefore(2 * PER_CYCLE + 1));
        }
        final List<Path> old = DamagedDirectory.cycles(saved).subList(0, 2);
        for (final Path file : old) {
            Files.copy(file, directory().resolve(file.getFileName()));
        }
        try (JournalFixture fixture = new JournalFixture(config())) {
            assertEquals(rest, fixture.replayed.lines);
        }
        assertFalse(Files.exists(directory().resolve(old.get(0).getFileName())));
        assertEquals(CYCLES - 2, cycles());
    }

    @Test
    void shouldRecoverWhenTheMachineDiedBehindADeletion() throws IOException {
        final Path crashed = temporary.resolve("crashed");
        final List<String> rest;
        try (JournalFixture fixture = openAndFill()) {
            rest = fixture.read(2 * PER_CYCLE + 1);
            fixture.journal.deleteBefore(2 * PER_CYCLE + 1);
            CrashedDirectory.copyAfterMachineDied(directory(), crashed);
        }
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertFalse(fixture.journal.recovery().cut());
            assertEquals(rest, fixture.replayed.lines);
        }
    }

    /** Such commands stand at the sequence to come, so the cycle before them ends with the same sequence. */
    @Test
    void shouldKeepWhatIsLeftWhenCyclesHoldCommandsWithoutEvents() {
        final JournalConfig config = JournalFixture.config(directory()).rollBytes(1);
        final List<String> lines;
        try (JournalFixture fixture = new JournalFixture(config)) {
            fixture.reject(1, 1, 5).commit().reject(1, 2, 5).commit().commitEvent(1, "a");
            fixture.reject(1, 4, 5).commit().reject(1, 5, 5).commit().commitEvent(1, "b");
            lines = fixture.read(1);
            assertEquals(0, fixture.journal.deleteBefore(0));
            assertEquals(2, fixture.journal.deleteBefore(1));
            assertEquals(lines.subList(4, lines.size()), fixture.read(1));
            assertEquals(3, fixture.journal.deleteBefore(2));
            assertEquals(2, fixture.journal.firstSequence());
        }
        try (JournalFixture fixture = new JournalFixture(config)) {
            assertEquals(lines.subList(lines.size() - 3, lines.size()), fixture.replayed.lines);
            assertEquals(3, fixture.commitEvent(1, "c").journal.force());
        }
    }

    @Test
    void shouldRefuseWhenAKeptCycleIsMissing() throws IOException {
        try (JournalFixture fixture = openAndFill()) {
            fixture.journal.deleteBefore(PER_CYCLE + 1);
        }
        Files.delete(DamagedDirectory.cycles(directory()).get(0));
        final JournalCorruptException refusal =
                assertThrows(JournalCorruptException.class, () -> new JournalFixture(config()));
        assertEquals(PER_CYCLE + 1, refusal.sequence());
    }

    @Test
    void shouldDeleteAgainAndAgainWhileItIsWritten() throws IOException {
        try (JournalFixture fixture = new JournalFixture(config())) {
            for (int i = 1; i <= 40; i++) {
                fixture.commitEvent(1, "x".repeat(15_000));
                fixture.journal.deleteBefore(i - 4L);
                assertTrue(cycles() < 6, "old cycles must be gone");
            }
            assertTrue(fixture.journal.firstSequence() > 30);
        }
        try (JournalFixture fixture = new JournalFixture(config())) {
            assertEquals(40, fixture.journal.journaledSequence());
        }
    }
}
