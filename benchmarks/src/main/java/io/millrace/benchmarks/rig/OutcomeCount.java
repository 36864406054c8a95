package io.millrace.benchmarks.rig;

import com.lmax.disruptor.Sequence;
import io.millrace.engine.OutcomeHandler;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.OutcomeView;

/**
 * Counts outcomes. The engine's thread writes for every command, so the counts lie alone on their cache lines: beside
 * anything that the publishing thread uses, each command would cost both threads a trip of the line.
 */
public final class OutcomeCount implements OutcomeHandler {
    private final Sequence received = new Sequence(0);
    private final Sequence accepted = new Sequence(0);

    @Override
    public void onOutcome(final OutcomeView outcome) {
        if (outcome.status() == OutcomeStatus.ACCEPTED) {
            accepted.set(accepted.get() + 1);
        }
        received.set(received.get() + 1);
    }

    /** How many commands were answered. Any thread. */
    public long received() {
        return received.get();
    }

    /** How many of them were accepted. Any thread. */
    public long accepted() {
        return accepted.get();
    }
}
