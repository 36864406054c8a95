package io.millrace.engine.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.lmax.disruptor.Sequence;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJJJ_Result;

/** The deciding thread says where a record lies and moves its sequence; a stage behind reads what the sequence names. */
@JCStressTest
@Outcome(id = "0, 0, 0, 0, 0", expect = ACCEPTABLE, desc = "The slot is not decided yet.")
@Outcome(id = "8, 32, 5, 9, 40", expect = ACCEPTABLE, desc = "It is, and all of it is seen.")
@Outcome(expect = FORBIDDEN, desc = "A stage journals bytes that are not the record's.")
@State
public class SlotRecordsHandOver {
    private final SlotRecords records = new SlotRecords(2);
    private final Sequence decided = new Sequence();

    /** The deciding thread. */
    @Actor
    public void decide() {
        records.record(0, 8, 32, 5, 9);
        records.endPosition(0, 40);
        decided.set(0);
    }

    /** A stage behind it. */
    @Actor
    public void read(final JJJJJ_Result result) {
        if (decided.get() >= 0) {
            result.r1 = records.offset(0);
            result.r2 = records.length(0);
            result.r3 = records.firstSequence(0);
            result.r4 = records.timestampNs(0);
            result.r5 = records.endPosition(0);
        }
    }
}
