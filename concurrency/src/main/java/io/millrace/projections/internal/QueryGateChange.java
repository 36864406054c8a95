package io.millrace.projections.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A query reads two fields of a model while both are changed. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The query came first.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The change came first.")
@Outcome(expect = FORBIDDEN, desc = "The query saw half a change.")
@State
public class QueryGateChange {
    private final QueryGate gate = new QueryGate();
    private int left;
    private int right;

    /** A query. */
    @Actor
    public void query(final II_Result result) {
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
    public void change() {
        gate.beginChange(() -> {});
        left = 1;
        right = 1;
        gate.endChange();
    }
}
