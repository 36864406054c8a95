package io.millrace.engine.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** The forcing thread completes two outcomes while the undertaker abandons whatever waits. */
@JCStressTest
@Outcome(id = "1, 1, 0, 0", expect = ACCEPTABLE, desc = "Each was sent once, by one or the other, and none is left.")
@Outcome(id = "1, 1, 0, .*", expect = FORBIDDEN, desc = "Something is thought to be waiting still.")
@Outcome(expect = FORBIDDEN, desc = "An outcome was sent twice, never, or mixed up with another.")
@State
public class PendingOutcomesAbandoned {
    private final WaitingOutcomes waiting = new WaitingOutcomes(2);

    /** Two outcomes wait. */
    public PendingOutcomesAbandoned() {
        waiting.add(1);
        waiting.add(2);
    }

    /** The forcing thread. */
    @Actor
    public void complete() {
        waiting.pending().completeSynced(waiting.pending().tail());
    }

    /** The undertaker. */
    @Actor
    public void abandon() {
        waiting.pending().abandon();
    }

    /** The callers. */
    @Arbiter
    public void count(final IIII_Result result) {
        result.r1 = waiting.ones();
        result.r2 = waiting.twos();
        result.r3 = waiting.others();
        result.r4 = (int) waiting.pending().size();
    }
}
