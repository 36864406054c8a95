package io.millrace.faults.planted;

import io.millrace.faults.simulation.Simulation;
import java.nio.file.Path;

/** Some seeds of the simulation. */
final class SimulationCheck implements Check {
    private final int seeds;

    SimulationCheck(final int seeds) {
        this.seeds = seeds;
    }

    @Override
    public String name() {
        return "simulation";
    }

    @Override
    public void run(final Path scratch, final Progress progress) {
        for (int seed = 1; seed <= seeds; seed++) {
            Simulation.run(seed, scratch.resolve("seed-" + seed), progress::beat);
            progress.passed();
        }
    }
}
