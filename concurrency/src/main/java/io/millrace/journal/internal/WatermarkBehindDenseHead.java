package io.millrace.journal.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** As {@link WatermarkBehindStreamHeads}, with the head in the array. */
@JCStressTest
@Outcome(
        id = {"0, 0", "0, 1"},
        expect = ACCEPTABLE,
        desc = "The watermark is not raised; the stream may be ahead.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The event is journaled and its stream knows it.")
@Outcome(expect = FORBIDDEN, desc = "An event is journaled that its stream does not know.")
@State
public class WatermarkBehindDenseHead {
    private static final long STREAM = 7;

    private final StreamHeads heads = new StreamHeads(1, (int) STREAM + 1);
    private final Watermark journaled = new Watermark();

    /** The writer. */
    @Actor
    public void write() {
        heads.advance(STREAM, 1);
        journaled.setRelease(1);
    }

    /** A reader. */
    @Actor
    public void read(final JJ_Result result) {
        result.r1 = journaled.getAcquire();
        result.r2 = heads.lastSequence(STREAM);
    }
}
