package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Space ahead of the writer, and what happens when there is none. */
class SpaceTest {
    private static final int RESERVE_BYTES = 1 << 20;
    private static final String PAYLOAD = "x".repeat(20_000);
    private static final int COMMIT_BYTES = 20_000 + JournalFormat.COMMIT_HEADER_LENGTH;

    @TempDir
    Path directory;

    private JournalConfig config(final Path in) {
        return JournalFixture.config(in).reserveBytes(RESERVE_BYTES).minFreeBytes(0);
    }

    /** Waits for the space thread; only how long the test takes depends on it. */
    private static void await(final BooleanSupplier condition) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (!condition.getAsBoolean()) {
                Thread.onSpinWait();
            }
        });
    }

    private static long inode(final Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:ino")).longValue();
    }

    @Test
    void shouldKeepAReserveAndMakeTheNextCycleOfIt() throws IOException {
        final Path reserve = directory.resolve("reserve");
        try (JournalFixture fixture = new JournalFixture(config(directory).rollBytes(1))) {
            for (int i = 1; i <= 4; i++) {
                await(() -> Files.exists(reserve) && reserve.toFile().length() == RESERVE_BYTES);
                final long kept = inode(reserve);
                fixture.commitEvent(1, PAYLOAD);
                assertEquals(kept, inode(DamagedDirectory.cycles(directory).get(i - 1)));
            }
        }
    }

    @Test
    void shouldSayThatTheDiskIsFullWhenLessThanTheMinimumIsFree() {
        try (JournalFixture fixture = new JournalFixture(config(directory).minFreeBytes(Long.MAX_VALUE / 2))) {
            assertTrue(fixture.journal.isDiskFull());
            assertNull(fixture.journal.failure());
            fixture.commitEvent(1, "still fits");
            assertEquals(1, fixture.journal.force());
        }
        try (JournalFixture fixture = new JournalFixture(config(directory))) {
            assertFalse(fixture.journal.isDiskFull());
            assertEquals(2, fixture.commitEvent(1, "next").journal.force());
        }
    }

    @Test
    void shouldRefuseAppendsAndStayHealthyWhileTheDiskIsFull() throws IOException {
        try (SmallMount mount = SmallMount.orSkip(directory, 16)) {
            final Path journal = mount.path().resolve("journal");
            final long written;
            try (JournalFixture fixture = new JournalFixture(config(journal))) {
                final Path filler = mount.fill();
                final long before = appendUntilFull(fixture) - 1; // the commit that fills the disk is in flight itself
                written = appendUntilRefused(fixture);
                assertTrue(
                        (written - before + 1) * COMMIT_BYTES > RESERVE_BYTES / 2,
                        "half of the reserve must be left for what is in flight: " + before + " to " + written);
                assertThrows(JournalDiskFullException.class, fixture::commit);
                assertNull(fixture.journal.failure());
                assertEquals(written, fixture.journal.force());
                assertEquals(3 * written, fixture.read(1).size());
                Files.delete(filler);
                await(() -> !fixture.journal.isDiskFull());
            }
            expectGoesOn(journal, written);
        }
    }

    @Test
    void shouldGoOnAppendingWhenThereIsRoomAgain() throws IOException {
        try (SmallMount mount = SmallMount.orSkip(directory, 16)) {
            final Path journal = mount.path().resolve("journal");
            long written = 0;
            try (JournalFixture fixture = new JournalFixture(config(journal))) {
                for (int i = 0; i < 3; i++) {
                    final Path filler = mount.fill();
                    appendUntilRefused(fixture);
                    Files.delete(filler);
                    await(() -> !fixture.journal.isDiskFull());
                    written = fixture.commit().commitEvent(1, "room").journal.force();
                }
            }
            expectGoesOn(journal, written);
        }
    }

    @Test
    void shouldRecoverWhenTheDiskIsFullAtTheOpening() throws IOException {
        try (SmallMount mount = SmallMount.orSkip(directory, 16)) {
            final Path journal = mount.path().resolve("journal");
            final long written;
            try (JournalFixture fixture = new JournalFixture(config(journal))) {
                mount.fill();
                written = appendUntilRefused(fixture);
            }
            try (JournalFixture fixture = new JournalFixture(config(journal))) {
                assertTrue(fixture.journal.isDiskFull());
                assertEquals(written, fixture.journal.journaledSequence());
            } catch (final JournalException e) {
                assertFalse(e instanceof JournalCorruptException, e.toString());
            }
            Files.delete(mount.path().resolve("filler"));
            expectGoesOn(journal, written);
        }
    }

    /** Returns the last sequence. The space thread notices by itself, the writer at the latest when it needs more. */
    private static long appendUntilFull(final JournalFixture fixture) {
        while (!fixture.journal.isDiskFull()) {
            fixture.commitEvent(1, PAYLOAD);
        }
        return fixture.journal.journaledSequence();
    }

    /** Returns the last sequence. */
    private static long appendUntilRefused(final JournalFixture fixture) {
        while (true) {
            try {
                fixture.commitEvent(1, PAYLOAD);
            } catch (final JournalDiskFullException e) {
                return fixture.journal.journaledSequence();
            }
        }
    }

    private void expectGoesOn(final Path journal, final long written) {
        try (JournalFixture fixture = new JournalFixture(config(journal))) {
            assertFalse(fixture.journal.recovery().cut());
            assertEquals(written, fixture.journal.journaledSequence());
            assertEquals(written + 1, fixture.commitEvent(1, "next").journal.force());
        }
    }
}
