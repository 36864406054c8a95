package io.millrace.journal;

import java.util.Random;

/** Randomness that can be had again: the seed is printed, and taken from {@code -Dmillrace.seed} when that is set. */
public final class Seed {
    private Seed() {}

    public static Random random(final Class<?> test) {
        final long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println(test.getSimpleName() + ": -Dmillrace.seed=" + seed);
        return new Random(seed);
    }
}
