package io.millrace.journal.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A closing thread and a reader that was inside when closing began both find that nobody is left. */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The memory stayed until the reader left; given back once.")
@Outcome(id = "1, .*", expect = FORBIDDEN, desc = "The memory went away from under the reader.")
@Outcome(expect = FORBIDDEN, desc = "The memory is given back never, or more than once.")
@State
public class ReaderGateLastOne {
    private volatile int released;

    private final ReaderGate gate = new ReaderGate(this::release);

    /** The reader is inside from the start. */
    public ReaderGateLastOne() {
        gate.enter();
    }

    private synchronized void release() {
        released++;
    }

    /** The reader. */
    @Actor
    public void leave(final II_Result result) {
        result.r1 = released;
        gate.leave();
    }

    /** The closing thread. */
    @Actor
    public void close() {
        gate.close();
    }

    /** Everybody has gone. */
    @Arbiter
    public void count(final II_Result result) {
        result.r2 = released;
    }
}
