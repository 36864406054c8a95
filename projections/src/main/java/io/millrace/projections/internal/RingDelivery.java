package io.millrace.projections.internal;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalHandler;

/**
 * What the ring delivers goes on to the group, behind what the ring left out: where it joins, it starts behind commands
 * that are not journaled yet. Those are read from the journal, where everything lies that comes before what the ring
 * delivers. For the group's thread.
 */
final class RingDelivery implements JournalHandler {
    private final Delivery delivery;
    private final Gap gap;
    private boolean heard;
    private Throwable thrown;

    RingDelivery(final Delivery delivery, final Gap gap) {
        this.delivery = delivery;
        this.gap = gap;
    }

    /** Reads a gap from the journal. */
    @FunctionalInterface
    interface Gap {
        /** Has everything delivered that comes before a sequence. */
        void fill(long endSequenceExclusive);
    }

    /** The ring has been joined, and nothing has come from it yet. */
    void reset() {
        heard = false;
        thrown = null;
    }

    /** Whether the ring has delivered a command; from then on nothing passes it by. */
    boolean heard() {
        return heard;
    }

    /** Whether an exception came from here and not from the feed. */
    boolean hasThrown(final Throwable exception) {
        return exception == thrown;
    }

    @Override
    public void onCommand(final CommandView command) {
        advance(command.firstSequence());
        delivery.onCommand(command);
        heard = true;
    }

    @Override
    public void onEvent(final EventView event) {
        advance(event.sequence());
        try {
            delivery.onEvent(event);
        } catch (final Throwable e) {
            thrown = e;
            throw e;
        }
    }

    @Override
    public void onCommitEnd(final long lastSequence) {
        delivery.onCommitEnd(lastSequence);
    }

    private void advance(final long sequence) {
        if (sequence > delivery.nextSequence()) {
            try {
                gap.fill(sequence);
            } catch (final Throwable e) {
                thrown = e;
                throw e;
            }
        }
    }
}
