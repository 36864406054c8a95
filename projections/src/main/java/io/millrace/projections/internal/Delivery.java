package io.millrace.projections.internal;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalHandler;
import java.util.List;

/**
 * Gives each event to every projection of a group, once and without a gap, wherever it comes from: events that were
 * delivered already are skipped, one that is too early is an error. For the group's thread.
 *
 * <p>A batch begins with an event and ends between two commands: when it has grown long enough, when whoever reads has
 * nothing more, or when the group loses its patience. In between, queries have to wait, so they never see half of a
 * command.
 */
final class Delivery implements JournalHandler {
    private static final int LONG_ENOUGH_EVENTS = 256;

    private final Patience patience;
    private final Member<?>[] members;
    private int running;
    private long nextSequence;
    private boolean atCommand;
    private boolean inBatch;
    private int batchEvents;

    Delivery(final List<Member<?>> members, final Patience patience) {
        this.members = members.toArray(new Member<?>[0]);
        this.patience = patience;
        running = this.members.length;
        nextSequence = members.stream().mapToLong(Member::nextSequence).min().orElseThrow();
    }

    long nextSequence() {
        return nextSequence;
    }

    boolean isAnyRunning() {
        return running > 0;
    }

    @Override
    public void onCommand(final CommandView command) {
        atCommand = true;
    }

    @Override
    public void onAhead(final EventBatch events) {
        for (int i = 0; i < running; i++) {
            members[i].prefetch(events);
        }
    }

    @Override
    public void onEvent(final EventView event) {
        final long sequence = event.sequence();
        if (sequence < nextSequence) {
            return;
        }
        if (sequence > nextSequence) {
            throw new IllegalStateException(
                    "events must come without a gap: required sequence=" + nextSequence + ", found " + event);
        }
        if (atCommand) {
            patience.check();
            atCommand = false;
        }
        if (!inBatch) {
            beginBatch();
        }
        apply(event);
        nextSequence = sequence + 1;
        batchEvents++;
    }

    private void apply(final EventView event) {
        int i = 0;
        while (i < running) {
            if (members[i].apply(event)) {
                i++;
            } else {
                running--;
                System.arraycopy(members, i + 1, members, i, running - i);
            }
        }
    }

    @Override
    public void onCommitEnd(final long lastSequence) {
        if (batchEvents >= LONG_ENOUGH_EVENTS) {
            endBatch();
        }
    }

    private void beginBatch() {
        int begun = 0;
        try {
            while (begun < running) {
                members[begun].beginBatch(patience);
                begun++;
            }
            inBatch = true;
        } finally {
            for (int i = 0; i < begun && !inBatch; i++) {
                members[i].cancelBatch();
            }
        }
    }

    /** Lets queries in. Idempotent. */
    void endBatch() {
        if (inBatch) {
            inBatch = false;
            batchEvents = 0;
            for (int i = 0; i < running; i++) {
                members[i].endBatch();
            }
        }
    }

    /** Stops all that still run, before the next event. */
    void failAll(final Throwable cause) {
        endBatch();
        for (int i = 0; i < running; i++) {
            members[i].fail(cause);
        }
        running = 0;
    }
}
