package io.millrace.engine.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.millrace.engine.Health;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** The engine fails while it is being closed. Whoever acts on the failure finds the state FAILED for good. */
@JCStressTest
@Outcome(id = "true, true, FAILED", expect = ACCEPTABLE, desc = "It failed before it was closed.")
@Outcome(
        id = "false, false, CLOSED",
        expect = ACCEPTABLE,
        desc = "It was closed before it failed; nothing is left to fail.")
@Outcome(id = "true, .*, CLOSED", expect = FORBIDDEN, desc = "A failure is acted upon, and then hidden by closing.")
@Outcome(id = "false, .*, FAILED", expect = FORBIDDEN, desc = "It has failed, and nobody acts on it.")
@Outcome(
        expect = FORBIDDEN,
        desc = "The cause is missing, or one is kept that nobody acts on, or the state is neither.")
@State
public class LifecycleFailureWhileClosing {
    private static final Throwable CAUSE = new IllegalStateException("cause");

    private final Lifecycle lifecycle = new Lifecycle();

    /** A stage. */
    @Actor
    public void fail(final ZZL_Result result) {
        result.r1 = lifecycle.fail(CAUSE);
    }

    /** The closing thread. */
    @Actor
    public void close() {
        lifecycle.closing();
        lifecycle.closed();
    }

    /** What health then tells. */
    @Arbiter
    public void look(final ZZL_Result result) {
        final Health.State state = lifecycle.state();
        result.r2 = lifecycle.failure() == CAUSE;
        result.r3 = state.name();
    }
}
