package io.millrace.engine.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * The journaling thread adds an outcome, and a second one in the same place if there is room, while the forcing thread
 * sends what it finds. The arbiter sends the rest.
 */
@JCStressTest
@Outcome(id = "1, 1, 0, 0", expect = ACCEPTABLE, desc = "There was no room yet for the second one.")
@Outcome(id = "2, 1, 1, 0", expect = ACCEPTABLE, desc = "The first one was sent, and its place was used again.")
@Outcome(id = ".*, .*, .*, 1", expect = FORBIDDEN, desc = "An outcome was overwritten while it was being sent.")
@Outcome(expect = FORBIDDEN, desc = "An outcome was lost, or sent twice.")
@State
public class PendingOutcomesHandOver {
    private final WaitingOutcomes waiting = new WaitingOutcomes(1);

    /** The journaling thread. */
    @Actor
    public void add(final IIII_Result result) {
        waiting.add(1);
        result.r1 = 1;
        if (!waiting.pending().isFull()) {
            waiting.add(2);
            result.r1 = 2;
        }
    }

    /** The forcing thread. */
    @Actor
    public void complete() {
        waiting.pending().completeSynced(waiting.pending().tail());
    }

    /** The forcing thread, later. */
    @Arbiter
    public void count(final IIII_Result result) {
        waiting.pending().completeSynced(waiting.pending().tail());
        result.r2 = waiting.ones();
        result.r3 = waiting.twos();
        result.r4 = waiting.others();
    }
}
