package io.millrace.journal.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A stream whose head lies in the array gets its first two events while a reader asks twice for its newest. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The stream has no event yet.")
@Outcome(
        id = {"0, 1", "0, 2", "1, 2"},
        expect = ACCEPTABLE,
        desc = "It moved on between the two questions.")
@Outcome(
        id = {"1, 1", "2, 2"},
        expect = ACCEPTABLE,
        desc = "It did not.")
@Outcome(expect = FORBIDDEN, desc = "A stream goes back, or names an event that it does not have.")
@State
public class DenseHeadAdvance {
    private static final long STREAM = 7;

    private final StreamHeads heads = new StreamHeads(1, (int) STREAM + 1);

    /** The writer. */
    @Actor
    public void write() {
        heads.advance(STREAM, 1);
        heads.advance(STREAM, 2);
    }

    /** A reader. */
    @Actor
    public void read(final JJ_Result result) {
        result.r1 = heads.lastSequence(STREAM);
        result.r2 = heads.lastSequence(STREAM);
    }
}
