package io.millrace.faults.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulationTest {
    private static final int SEEDS = 2;

    @TempDir
    Path directory;

    @Test
    void shouldFindNothingAndLeaveNothingWhenTheCodeIsSound() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Path scratch = directory.resolve("seed-" + seed);
            final Map<String, Integer> steps = Simulation.run(seed, scratch, () -> {});

            assertTrue(steps.get("BURST") > 0, steps::toString);
            assertFalse(Files.exists(scratch));
        }
    }

    @Test
    void shouldTakeTheSameStepsWhenTheSeedIsTheSame() {
        final Map<String, Integer> first = Simulation.run(SEEDS, directory.resolve("first"), () -> {});
        final Map<String, Integer> second = Simulation.run(SEEDS, directory.resolve("second"), () -> {});

        assertEquals(first, second);
    }

    @Test
    void shouldStopAtItsDeadlineWhenThereAreMoreSeeds() {
        final Simulations simulations = new Simulations(
                1,
                Integer.MAX_VALUE / 2,
                1,
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1),
                directory,
                new Simulations.Listener() {
                    @Override
                    public void passed(final long seed, final Map<String, Integer> steps) {}

                    @Override
                    public void failed(final long seed, final SimulationFailure failure) {
                        throw failure;
                    }
                });

        simulations.run();
    }
}
