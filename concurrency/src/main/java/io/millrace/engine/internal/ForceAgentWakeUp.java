package io.millrace.engine.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.lmax.disruptor.Sequence;
import io.millrace.journal.Journal;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The forcing thread goes to rest for hours while the journaling thread gives it something to do. A lost wake-up is one
 * that patience does not bring.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The forcing thread saw the outcome, or was woken up, and sent it.")
@Outcome(id = "0, .*", expect = FORBIDDEN, desc = "The wake-up was lost: the outcome waits for the next interval.")
@Outcome(expect = FORBIDDEN, desc = "The forcing thread failed.")
@State
public class ForceAgentWakeUp {
    private static final Journal JOURNAL = StubJournal.doingNothing();
    private static final long HOURS_NS = TimeUnit.HOURS.toNanos(10);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final WaitingOutcomes waiting = new WaitingOutcomes(1);
    private volatile Throwable failure;
    private final ForceAgent agent =
            new ForceAgent(JOURNAL, waiting.pending(), new Sequence(), HOURS_NS, e -> failure = e);

    /** The journaling thread. */
    @Actor
    public void add(final II_Result result) {
        waiting.add(1);
        agent.wake();
        final long startNs = System.nanoTime();
        while (waiting.ones() == 0 && System.nanoTime() - startNs < PATIENCE_NS) {
            Thread.onSpinWait();
        }
        result.r1 = waiting.ones();
        agent.stop();
    }

    /** The forcing thread. */
    @Actor
    public void force(final II_Result result) {
        agent.run();
        result.r2 = failure == null ? 1 : 0;
    }
}
