package io.millrace.journal.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JI_Result;

/** A watermark hands on what was written before it was raised: the bytes of the journal, to a reader. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The reader came first.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Written, not yet raised; a reader stops at the watermark.")
@Outcome(id = "4294967297, 1", expect = ACCEPTABLE, desc = "Raised, and what lies below it is seen.")
@Outcome(expect = FORBIDDEN, desc = "A reader trusts a watermark and finds nothing below it, or half a number.")
@State
public class WatermarkPublication {
    /** Both halves are set, so that a torn load would show. */
    private static final long RAISED = 1L << 32 | 1;

    private final Watermark watermark = new Watermark();
    private int written;

    /** The writer. */
    @Actor
    public void write() {
        written = 1;
        watermark.setRelease(RAISED);
    }

    /** A reader. */
    @Actor
    public void read(final JI_Result result) {
        result.r1 = watermark.getAcquire();
        result.r2 = written;
    }
}
