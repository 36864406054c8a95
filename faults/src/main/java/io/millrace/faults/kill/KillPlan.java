package io.millrace.faults.kill;

import io.millrace.faults.agent.FailpointCounts;
import io.millrace.faults.agent.FailpointTable;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Which failpoint is next: drawn, but every other time out of those that acted least, so that all have their turn. The
 * occurrence is drawn out of as many as a run without faults has.
 */
public final class KillPlan {
    private static final int MAX_OCCURRENCE = 60;
    private static final String CUT = "cut.";
    private static final String RETENTION = "retention.";

    private final long[] typical = new long[FailpointTable.SITES.size()];
    private final int[] cutting = named(name -> name.startsWith(CUT));
    private final int[] deleting = named(name -> name.startsWith(RETENTION));
    private final int[] common = named(name -> !name.startsWith(CUT) && !name.startsWith(RETENTION));
    private final AtomicLongArray tries = new AtomicLongArray(FailpointTable.SITES.size());
    private final AtomicLongArray acted = new AtomicLongArray(FailpointTable.SITES.size());

    /** With the counts of a run without faults. */
    public KillPlan(final FailpointCounts firstRun) {
        for (int failpoint = 0; failpoint < typical.length; failpoint++) {
            typical[failpoint] = Math.min(MAX_OCCURRENCE, Math.max(1, firstRun.count(failpoint)));
        }
    }

    private static int[] named(final Predicate<String> condition) {
        return IntStream.range(0, FailpointTable.SITES.size())
                .filter(index -> condition.test(FailpointTable.SITES.get(index).name()))
                .toArray();
    }

    /** Index of the failpoint to arm. */
    public int nextFailpoint(final SplittableRandom random) {
        return next(common, random);
    }

    /** Mostly one of those that only a cut passes. */
    int nextWhileCutting(final SplittableRandom random) {
        return next(random.nextInt(4) == 0 ? common : cutting, random);
    }

    /** Mostly one of those that only retention passes. */
    int nextWhileDeleting(final SplittableRandom random) {
        return next(random.nextInt(4) == 0 ? common : deleting, random);
    }

    private int next(final int[] candidates, final SplittableRandom random) {
        final int drawn = random.nextInt(candidates.length);
        int chosen = candidates[drawn];
        if (random.nextBoolean()) {
            for (int i = 0; i < candidates.length; i++) {
                final int other = candidates[(drawn + i) % candidates.length];
                if (tries.get(other) < tries.get(chosen)) {
                    chosen = other;
                }
            }
        }
        tries.incrementAndGet(chosen);
        return chosen;
    }

    /** Half of the time the first few, which are the opening's. */
    public long nextOccurrence(final int failpoint, final SplittableRandom random) {
        final long most = random.nextBoolean() ? typical[failpoint] : Math.min(3, typical[failpoint]);
        return 1 + random.nextLong(most);
    }

    /** Notes that a failpoint has killed a process. */
    public void acted(final int failpoint) {
        acted.incrementAndGet(failpoint);
    }

    /** How often a failpoint has killed a process. */
    public long timesActed(final int failpoint) {
        return acted.get(failpoint);
    }
}
