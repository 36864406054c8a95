package io.millrace.projections;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * How projections are run. A mutable builder: set what differs from the defaults, then {@link Projections#of}. Not
 * thread-safe.
 */
public final class ProjectionsConfig {
    /** Default of {@link #maxBatchCommits(int)}. */
    public static final int DEFAULT_MAX_BATCH_COMMITS = 32;

    /** Default of {@link #ringLagBudget(int)}: half of the engine's ring. */
    public static final int HALF_OF_THE_RING = 0;

    /** Default of {@link #closeTimeoutNs(long)}: thirty seconds. */
    public static final long DEFAULT_CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private static final long MAX_SPINS = 10;
    private static final long MAX_YIELDS = 20;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private Supplier<IdleStrategy> idleStrategy =
            () -> new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    private int maxBatchCommits = DEFAULT_MAX_BATCH_COMMITS;
    private int ringLagBudget = HALF_OF_THE_RING;
    private long closeTimeoutNs = DEFAULT_CLOSE_TIMEOUT_NS;

    /** A configuration with all defaults. */
    public ProjectionsConfig() {}

    /**
     * How a group's thread waits when there is nothing to apply. The default spins and yields briefly and then parks
     * for up to 500 µs, which suits machines with few cores.
     *
     * @param strategy makes one idle strategy per group
     * @return this
     */
    public ProjectionsConfig idleStrategy(final Supplier<IdleStrategy> strategy) {
        idleStrategy = Objects.requireNonNull(strategy, "strategy");
        return this;
    }

    /**
     * Most commits that a group reads from the journal at a time, that is before it looks at anything else.
     *
     * @param commits at least 1
     * @return this
     */
    public ProjectionsConfig maxBatchCommits(final int commits) {
        maxBatchCommits = (int) atLeast(1, commits, "maxBatchCommits");
        return this;
    }

    /**
     * How far a group on the ring may fall behind the journaled commands before it moves to tailing.
     *
     * @param slots of the ring, at least 1 and less than the ring has; {@link #HALF_OF_THE_RING} for half of them
     * @return this
     */
    public ProjectionsConfig ringLagBudget(final int slots) {
        ringLagBudget = (int) atLeast(HALF_OF_THE_RING, slots, "ringLagBudget");
        return this;
    }

    /**
     * How long {@link Projections#close()} waits for projections that are still in an event.
     *
     * @param nanoseconds at least 1
     * @return this
     */
    public ProjectionsConfig closeTimeoutNs(final long nanoseconds) {
        closeTimeoutNs = atLeast(1, nanoseconds, "closeTimeoutNs");
        return this;
    }

    /**
     * The maker of idle strategies.
     *
     * @return the supplier
     */
    public Supplier<IdleStrategy> idleStrategy() {
        return idleStrategy;
    }

    /**
     * Most commits that a group reads at a time.
     *
     * @return the number
     */
    public int maxBatchCommits() {
        return maxBatchCommits;
    }

    /**
     * How far a group on the ring may fall behind.
     *
     * @return ring slots, or {@link #HALF_OF_THE_RING}
     */
    public int ringLagBudget() {
        return ringLagBudget;
    }

    /**
     * How long closing waits.
     *
     * @return nanoseconds
     */
    public long closeTimeoutNs() {
        return closeTimeoutNs;
    }

    private static long atLeast(final long min, final long value, final String name) {
        if (value < min) {
            throw new IllegalArgumentException(name + " must be at least " + min + ": " + value);
        }
        return value;
    }
}
