package io.millrace.faults.simulation;

import java.util.Random;

/** What can happen next in a history. */
enum Step {
    /** Commands, and all their outcomes. */
    BURST(40),
    /** A force that nobody waits for. */
    FORCE(5),
    /** The clock moves. */
    CLOCK(8),
    /** Readers. */
    READ(10),
    /** A stream. */
    STREAM(8),
    /** The state hash. */
    HASH(5),
    /** A second opening, which must be refused. */
    SECOND_OPEN(2),
    /** A claim that is given back. */
    ABORT_CLAIM(3),
    /** A copy of the directory while it is written to. */
    HOT_COPY(2),
    /** The oldest cycles are deleted. */
    RETENTION(8),
    /** Closes with commands on their way, and opens again. */
    CLOSE(2),
    /** The process dies. */
    KILL(3),
    /** The machine goes down. */
    POWER_LOSS(3),
    /** A bit turns over while the journal is closed. */
    FLIP(1),
    /** An append fails. */
    FAIL_APPEND(1),
    /** A force fails. */
    FAIL_FORCE(1),
    /** An apply fails. */
    FAIL_APPLY(1);

    private static final Step[] ALL = values();
    private static final int TOTAL = totalOf(ALL);

    private final int weight;

    Step(final int weight) {
        this.weight = weight;
    }

    private static int totalOf(final Step[] steps) {
        int total = 0;
        for (final Step step : steps) {
            total += step.weight;
        }
        return total;
    }

    static Step draw(final Random random) {
        int ticket = random.nextInt(TOTAL);
        for (final Step step : ALL) {
            ticket -= step.weight;
            if (ticket < 0) {
                return step;
            }
        }
        throw new IllegalStateException("weights must add up");
    }
}
