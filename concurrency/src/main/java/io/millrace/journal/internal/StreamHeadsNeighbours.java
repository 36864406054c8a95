package io.millrace.journal.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * Two streams whose ids hash to the same place of the table get their first events while a reader asks for both: it must
 * not take the one's entry for the other's.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Neither has an event yet.")
@Outcome(
        id = {"1, 0", "1, 2"},
        expect = ACCEPTABLE,
        desc = "The first one has, or both have.")
@Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "Both got theirs between the two questions.")
@Outcome(expect = FORBIDDEN, desc = "A stream got an event of the other's.")
@State
public class StreamHeadsNeighbours {
    /** Inverse of the hash's odd factor: multiples of it below 2^58 all hash to the first place of 64. */
    private static final long HASHES_TO_ONE = 0xF1DE_83E1_9937_733DL;

    private static final long FIRST = HASHES_TO_ONE;
    private static final long SECOND = 2 * HASHES_TO_ONE;

    private final StreamHeads heads = new StreamHeads(1);

    /** The writer. */
    @Actor
    public void write() {
        heads.advance(FIRST, 1);
        heads.advance(SECOND, 2);
    }

    /** A reader. */
    @Actor
    public void read(final JJ_Result result) {
        result.r1 = heads.lastSequence(FIRST);
        result.r2 = heads.lastSequence(SECOND);
    }
}
