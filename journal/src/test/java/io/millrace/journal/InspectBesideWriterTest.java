package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectBesideWriterTest {
    @TempDir
    private Path folder;

    /** Closing any channel on the lock file would release the lock for the whole process. */
    @Test
    void shouldLeaveTheLockHeldWhenTheWriterIsInThisProcess() throws Exception {
        final Path directory = folder.resolve("journal");
        try (JournalFixture writer = JournalFixture.open(directory)) {
            writer.commitEvent(1, "kept");

            final JournalState state = JournalInspector.at(directory).verify();

            assertEquals(JournalState.Verdict.OK, state.verdict());
            assertEquals(ProcessHandle.current().pid(), state.holder().pid());
            assertTrue(state.holder().alive());
            assertTrue(ProcessLocks.holdsOneOn(directory.resolve("lock")), "the lock must still be held");
        }
    }

    @Test
    void shouldRefuseToPlanARepairWhenSomebodyHasTheJournalOpen() {
        final Path directory = folder.resolve("journal");
        try (JournalFixture writer = JournalFixture.open(directory)) {
            writer.commitEvent(1, "kept");

            assertThrows(
                    JournalLockedException.class, () -> JournalRepair.plan(directory, (bytesDone, bytesTotal) -> {}));
        }
    }

    @Test
    void shouldKnowThatTheJournalIsClosedWhenItsProcessGoesOn() {
        final Path directory = folder.resolve("journal");
        try (JournalFixture writer = JournalFixture.open(directory)) {
            writer.commitEvent(1, "kept");
        }

        assertFalse(JournalInspector.at(directory).verify().holder().alive());
        assertEquals(
                0,
                JournalRepair.plan(directory, (bytesDone, bytesTotal) -> {})
                        .apply()
                        .size());
    }
}
