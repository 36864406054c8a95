package io.millrace.engine.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The journaling thread sends an outcome while the undertaker takes over those that were not sent. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The journaling thread has sent it.")
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "The undertaker has.")
@Outcome(id = ".*, .*, 0", expect = FORBIDDEN, desc = "The caller waits for ever.")
@Outcome(expect = FORBIDDEN, desc = "The caller is answered twice.")
@State
public class OutcomeTakeOver {
    private final AtomicInteger sent = new AtomicInteger();
    private final OutcomeStep step = OneCommand.outcomeStep(sender(), new Lifecycle());

    private OutcomeSender sender() {
        final OutcomeSender sender = new OutcomeSender(e -> {});
        sender.register(outcome -> sent.incrementAndGet(), 1);
        return sender;
    }

    /** The journaling thread. */
    @Actor
    public void send(final III_Result result) {
        try {
            step.sendUpTo(OneCommand.RING_SEQUENCE);
            result.r1 = 1;
        } catch (final StageStoppedException e) {
            result.r1 = 0;
        }
    }

    /** The undertaker. */
    @Actor
    public void takeOver(final III_Result result) {
        if (step.takeOver() < OneCommand.RING_SEQUENCE) {
            sent.incrementAndGet();
            result.r2 = 1;
        }
    }

    /** The caller. */
    @Arbiter
    public void count(final III_Result result) {
        result.r3 = sent.get();
    }
}
