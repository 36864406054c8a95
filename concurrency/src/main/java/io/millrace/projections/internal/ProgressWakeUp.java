package io.millrace.projections.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A caller waits for a sequence while the projection publishes it. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "It was there, or the wake-up came.")
@Outcome(id = "false", expect = FORBIDDEN, desc = "The wake-up was lost: the wait ran into its timeout.")
@State
public class ProgressWakeUp {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final Progress progress = new Progress(0);

    /** The projection's thread. */
    @Actor
    public void publish() {
        progress.publish(1);
    }

    /** A caller. */
    @Actor
    public void await(final Z_Result result) {
        try {
            result.r1 = progress.await(1, PATIENCE_NS, sequence -> {});
        } catch (final InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }
}
