package io.millrace.projections.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** The changing thread does not wait for a query but gives up, because it holds the ring. */
@JCStressTest
@Outcome(id = "0, 0, 0, 1", expect = ACCEPTABLE, desc = "A query was inside, and the change was given up.")
@Outcome(id = "0, 0, 1, 1", expect = ACCEPTABLE, desc = "The query came first.")
@Outcome(id = "1, 1, 1, 1", expect = ACCEPTABLE, desc = "The change came first.")
@Outcome(id = ".*, .*, .*, 0", expect = FORBIDDEN, desc = "The gate counts a query that has gone.")
@Outcome(expect = FORBIDDEN, desc = "The query saw half a change, or one that was given up.")
@State
public class QueryGateImpatience {
    private final QueryGate gate = new QueryGate();
    private int left;
    private int right;

    private static void giveUp() {
        throw Signal.LEAVE_RING;
    }

    private int change() {
        try {
            gate.beginChange(QueryGateImpatience::giveUp);
        } catch (final Signal e) {
            return 0;
        }
        left = 1;
        right = 1;
        gate.endChange();
        return 1;
    }

    /** A query. */
    @Actor
    public void query(final IIII_Result result) {
        gate.beginQuery();
        try {
            result.r1 = left;
            result.r2 = right;
        } finally {
            gate.endQuery();
        }
    }

    /** The changing thread. */
    @Actor
    public void change(final IIII_Result result) {
        result.r3 = change();
    }

    /** The next change finds nobody inside. */
    @Arbiter
    public void changeAgain(final IIII_Result result) {
        result.r4 = change();
    }
}
