package io.millrace.benchmarks.compare;

import com.lmax.disruptor.EventHandler;
import io.millrace.contest.Turnovers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The read model as a handler behind the writer. */
public final class HandWiredReadModel implements EventHandler<HandWiredSlot> {
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(10);

    private final Turnovers turnovers;
    private final AtomicLong seen = new AtomicLong();

    public HandWiredReadModel(final int accounts) {
        turnovers = new Turnovers(accounts);
    }

    @Override
    public void onEvent(final HandWiredSlot slot, final long ringSequence, final boolean endOfBatch) {
        if (slot.accepted) {
            turnovers.add(
                    TransferLayout.debit(slot.excerpt, ExcerptLayout.PAYLOAD_OFFSET),
                    TransferLayout.credit(slot.excerpt, ExcerptLayout.PAYLOAD_OFFSET),
                    TransferLayout.amount(slot.excerpt, ExcerptLayout.PAYLOAD_OFFSET));
        }
        if (endOfBatch) {
            seen.setRelease(ringSequence + 1);
        }
    }

    /** Waits for that many commands to have come through. */
    void await(final long commands) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (seen.getAcquire() < commands) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("commands must come through: " + seen + " of " + commands);
            }
            Thread.yield();
        }
    }

    Turnovers turnovers() {
        return turnovers;
    }
}
