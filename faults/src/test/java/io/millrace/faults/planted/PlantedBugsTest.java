package io.millrace.faults.planted;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.faults.agent.PlantedBug;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From end to end: a bug is planted in a process, and found there. */
final class PlantedBugsTest {
    private static final int SEEDS = 3;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"ACKNOWLEDGE_BEFORE_FORCE", "APPLY_TWICE"})
    void shouldCatchABugWhenItIsPlanted(final PlantedBug bug) throws Exception {
        final PlantedBugs.Result result = new PlantedBugs(directory, SEEDS).look(bug);

        assertTrue(result.caught(), result::toString);
    }
}
