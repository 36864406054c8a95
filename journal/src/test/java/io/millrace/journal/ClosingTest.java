package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a close leaves, and what becomes of a journal whose directory is taken away while it is open. */
class ClosingTest {
    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("journal");
    }

    @Test
    void shouldForceAndMarkTheJournalAsClosed() {
        final JournalFixture fixture = JournalFixture.open(directory());
        fixture.commitEvent(1, "a").commitEvent(1, "b");
        assertEquals(0, fixture.journal.syncedSequence());
        fixture.close();
        assertEquals(2, fixture.journal.syncedSequence());
        final JournalState.Watermark watermark =
                JournalInspector.at(directory()).verify().watermark();
        assertEquals(new JournalState.Watermark(2, true), watermark);
    }

    @Test
    void shouldTakeTheMarkBackWhenOpenedAgain() {
        JournalFixture.open(directory()).close();
        try (JournalFixture fixture = JournalFixture.open(directory())) {
            assertEquals(RecoveryReport.Left.CLOSED, fixture.journal.recovery().left());
            assertFalse(JournalInspector.at(directory()).verify().watermark().closedCleanly());
        }
    }

    @Test
    void shouldRefuseWhatLiesBehindAJournalThatWasClosed() throws IOException {
        try (JournalFixture fixture = JournalFixture.open(directory())) {
            fixture.commitEvent(1, "a");
        }
        final byte[] watermark = Files.readAllBytes(directory().resolve("watermark"));
        try (JournalFixture fixture = JournalFixture.open(directory())) {
            fixture.commitEvent(1, "b");
        }
        Files.write(directory().resolve("watermark"), watermark);
        CrashedDirectory.letMachineDie(directory());
        assertThrows(JournalCorruptException.class, () -> JournalFixture.open(directory()));
    }

    @Test
    void shouldNotMarkAFailedJournalAsClosed() {
        final JournalFixture fixture = JournalFixture.open(directory());
        fixture.commitEvent(1, "a");
        moveAway(fixture);
        fixture.close();
        final JournalState state =
                JournalInspector.at(temporary.resolve("elsewhere")).verify();
        assertFalse(state.watermark().closedCleanly());
        assertEquals(1, state.lastSequence());
    }

    @Test
    void shouldBePoisonedWhenItsDirectoryIsMovedAway() throws IOException {
        final JournalFixture fixture = JournalFixture.open(directory());
        fixture.commitEvent(1, "a").journal.force();
        moveAway(fixture);
        assertThrows(JournalFailedException.class, () -> fixture.commitEvent(1, "b"));
        assertThrows(JournalFailedException.class, fixture.journal::force);
        assertTrue(fixture.journal.failure().getMessage().contains("must stay where it is"));
        fixture.close();
        assertFalse(Files.exists(directory()), "nothing may be made anew in its place");
        try (JournalFixture moved = JournalFixture.open(temporary.resolve("elsewhere"))) {
            assertEquals(1, moved.journal.journaledSequence());
        }
    }

    /** Returns when the journal has noticed. */
    private void moveAway(final JournalFixture fixture) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            Files.move(directory(), temporary.resolve("elsewhere"));
            while (fixture.journal.failure() == null) {
                Thread.onSpinWait();
            }
        });
    }
}
