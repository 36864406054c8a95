package io.millrace.journal.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.millrace.journal.JournalFailedException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A reader goes in and out while the journal closes, in whose place the memory is then given back. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "The reader was turned away; given back once.")
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The reader was inside, the memory stayed; given back once.")
@Outcome(id = "1, 1, .*", expect = FORBIDDEN, desc = "The memory went away from under a reader.")
@Outcome(id = ".*, .*, 0", expect = FORBIDDEN, desc = "The memory is never given back.")
@Outcome(expect = FORBIDDEN, desc = "The memory is given back more than once.")
@State
public class ReaderGateClosing {
    private volatile int released;

    private final ReaderGate gate = new ReaderGate(this::release);

    private synchronized void release() {
        released++;
    }

    /** A reader. */
    @Actor
    public void read(final III_Result result) {
        try {
            gate.enter();
        } catch (final JournalFailedException e) {
            return;
        }
        try {
            result.r1 = 1;
            result.r2 = released;
        } finally {
            gate.leave();
        }
    }

    /** The closing thread. */
    @Actor
    public void close() {
        gate.close();
    }

    /** Everybody has gone. */
    @Arbiter
    public void count(final III_Result result) {
        result.r3 = released;
    }
}
