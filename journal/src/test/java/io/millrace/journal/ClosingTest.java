package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    void shouldHoldNoFileOpenOnceItIsClosed() throws IOException {
        final JournalFixture fixture =
                new JournalFixture(JournalFixture.config(directory()).rollBytes(1));
        fixture.commitEvent(1, "a").commitEvent(1, "b").journal.force();
        fixture.read(1);
        assertTrue(openFiles().size() > 1, "while it is open");
        fixture.close();
        // Chronicle lets go of its own on a thread of its own.
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!openFiles().isEmpty() && System.nanoTime() - deadlineNs < 0) {
            Thread.yield();
        }
        assertEquals(List.of(), openFiles());
    }

    /** The journal's files that this process holds open. */
    private List<Path> openFiles() throws IOException {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (final Path descriptor : descriptors) {
                try {
                    final Path file = Files.readSymbolicLink(descriptor);
                    if (file.startsWith(directory())) {
                        files.add(file);
                    }
                } catch (final NoSuchFileException e) {
                    // The one that lists them, or one of another thread: gone by now.
                    continue;
                }
            }
        }
        return files;
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
