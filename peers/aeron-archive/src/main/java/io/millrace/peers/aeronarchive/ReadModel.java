package io.millrace.peers.aeronarchive;

import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.millrace.contest.Transfers;
import io.millrace.contest.Turnovers;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/** Counts the events, as a subscriber to their publication. */
final class ReadModel implements Agent, FragmentHandler {
    private static final int FRAGMENT_LIMIT = 256;

    private final Turnovers turnovers;
    private final Subscription subscription;
    private volatile long events;

    ReadModel(final Turnovers turnovers, final Subscription subscription) {
        this.turnovers = turnovers;
        this.subscription = subscription;
    }

    @Override
    public String roleName() {
        return "read-model";
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public int doWork() {
        final int fragments = subscription.poll(this, FRAGMENT_LIMIT);
        if (fragments > 0) {
            events += fragments;
        }
        return fragments;
    }

    @Override
    public void onFragment(final DirectBuffer event, final int offset, final int length, final Header header) {
        turnovers.add(
                (int) event.getLong(offset + Transfers.DEBIT_OFFSET, Transfers.BYTE_ORDER),
                (int) event.getLong(offset + Transfers.CREDIT_OFFSET, Transfers.BYTE_ORDER),
                event.getLong(offset + Transfers.AMOUNT_OFFSET, Transfers.BYTE_ORDER));
    }

    /** Read by the producer. */
    long events() {
        return events;
    }
}
