package io.millrace.engine.internal;

import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.OutcomeView;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/** Outcomes 1 and 2 that wait for a force, and how often each of them was sent, and whether whole. */
final class WaitingOutcomes {
    private final SlotOutcome outcome = new SlotOutcome(new UnsafeBuffer(new byte[0]));
    private final AtomicInteger ones = new AtomicInteger();
    private final AtomicInteger twos = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final PendingOutcomes pending;

    WaitingOutcomes(final int capacity) {
        final OutcomeSender sender = new OutcomeSender(e -> {});
        sender.register(this::onOutcome, 1);
        pending = PendingOutcomes.of(capacity, 0, 0, sender);
    }

    /** The client id tells whether an outcome is one and not a mixture of two. */
    void add(final int requestId) {
        pending.add(outcome.abandoned(-requestId, requestId, OutcomeStatus.ACCEPTED), OneCommand.slot());
    }

    private void onOutcome(final OutcomeView sent) {
        final long requestId = sent.requestId();
        final boolean whole = sent.clientId() == -requestId && (requestId == 1 || requestId == 2);
        (whole ? requestId == 1 ? ones : twos : others).incrementAndGet();
    }

    PendingOutcomes pending() {
        return pending;
    }

    int ones() {
        return ones.get();
    }

    int twos() {
        return twos.get();
    }

    int others() {
        return others.get();
    }
}
