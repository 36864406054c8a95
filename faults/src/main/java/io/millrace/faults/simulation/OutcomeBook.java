package io.millrace.faults.simulation;

import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.OutcomeView;
import io.millrace.journal.Durability;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The outcomes of one engine's life. On the engine's threads it notes each one, and whether it was true at that moment:
 * the level must have been reached before anybody hears of it.
 */
final class OutcomeBook {
    private final FaultableJournal journal;
    private final Map<Long, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger received = new AtomicInteger();

    OutcomeBook(final FaultableJournal journal) {
        this.journal = journal;
    }

    /** On a thread of the engine. */
    void onOutcome(final OutcomeView view) {
        note(view.copy());
    }

    /** On a thread of the engine. */
    void note(final Outcome outcome) {
        final boolean decided =
                outcome.status() == OutcomeStatus.ACCEPTED || outcome.status() == OutcomeStatus.REJECTED;
        if (decided && journal.real().journaledSequence() < outcome.lastSequence()) {
            complaints.add("acknowledged before it was journaled: " + outcome);
        }
        if (decided && journal.appends() == 0) {
            complaints.add("acknowledged before anything was appended: " + outcome);
        }
        if (outcome.level() == Durability.SYNCED && journal.forcedSequence() < outcome.lastSequence()) {
            complaints.add("acknowledged as SYNCED before it was forced: " + outcome);
        }
        if (outcomes.put(outcome.requestId(), outcome) != null) {
            complaints.add("outcome sent twice: " + outcome);
        }
        received.incrementAndGet();
    }

    int received() {
        return received.get();
    }

    Outcome of(final long requestId) {
        return outcomes.get(requestId);
    }

    void requireNoComplaints() {
        final String complaint = complaints.peek();
        if (complaint != null) {
            throw SimulationFailure.lost(complaint + " (and " + (complaints.size() - 1) + " more)");
        }
    }
}
