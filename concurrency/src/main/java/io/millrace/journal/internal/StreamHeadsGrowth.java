package io.millrace.journal.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The table grows, and a known stream moves on in the new one, while a reader asks twice for that stream. */
@JCStressTest
@Outcome(
        id = {"7, 7", "100, 100"},
        expect = ACCEPTABLE,
        desc = "From one table or the other, both times the same.")
@Outcome(id = "7, 100", expect = ACCEPTABLE, desc = "It moved on between the two questions.")
@Outcome(
        id = {"0, .*", ".*, 0"},
        expect = FORBIDDEN,
        desc = "A known stream is lost while the table grows.")
@Outcome(expect = FORBIDDEN, desc = "A stream goes back: a reader saw the new table and then the old one.")
@State
public class StreamHeadsGrowth {
    /** As many as the smallest table holds. */
    private static final int STREAMS = 42;

    private static final long KNOWN = 7;

    private final StreamHeads heads = new StreamHeads(1);

    /** Fills the table so that one more stream makes it grow. */
    public StreamHeadsGrowth() {
        for (int stream = 1; stream <= STREAMS; stream++) {
            heads.advance(stream, stream);
        }
    }

    /** The writer. */
    @Actor
    public void write() {
        heads.advance(STREAMS + 1, 99);
        heads.advance(KNOWN, 100);
    }

    /** A reader. */
    @Actor
    public void read(final JJ_Result result) {
        result.r1 = heads.lastSequence(KNOWN);
        result.r2 = heads.lastSequence(KNOWN);
    }
}
