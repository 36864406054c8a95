package io.millrace.engine.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads fail the engine at once; one of them is told to act on it, and its cause is the one that is kept. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The first thread's failure counts.")
@Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "The second thread's does.")
@Outcome(
        id = {"1, 1, .*", "0, 0, .*"},
        expect = FORBIDDEN,
        desc = "Both act on it, or neither.")
@Outcome(expect = FORBIDDEN, desc = "The cause that is kept is not that of the thread that acts.")
@State
public class LifecycleTwoFailures {
    private static final Throwable ONE = new IllegalStateException("1");
    private static final Throwable TWO = new IllegalStateException("2");

    private final Lifecycle lifecycle = new Lifecycle();

    /** One thread. */
    @Actor
    public void failOne(final III_Result result) {
        result.r1 = lifecycle.fail(ONE) ? 1 : 0;
    }

    /** Another. */
    @Actor
    public void failTwo(final III_Result result) {
        result.r2 = lifecycle.fail(TWO) ? 1 : 0;
    }

    /** What health then tells. */
    @Arbiter
    public void look(final III_Result result) {
        final Throwable kept = lifecycle.failure();
        result.r3 = !lifecycle.isFailed() ? -1 : kept == ONE ? 1 : kept == TWO ? 2 : 0;
    }
}
