package io.millrace.peers.axon;

import io.millrace.contest.Transferred;
import io.millrace.contest.Turnovers;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;

/** The read model, called by the event processor's thread only. */
final class TurnoversProjection implements EventMessageHandler {
    private final Turnovers turnovers;
    private volatile long events;

    TurnoversProjection(final int accounts) {
        turnovers = new Turnovers(accounts);
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public Object handle(final EventMessage<?> message) {
        if (message.getPayload() instanceof Transferred event) {
            turnovers.add((int) event.debit(), (int) event.credit(), event.amount());
            events++;
        }
        return null;
    }

    long events() {
        return events;
    }

    /** To be called after the last event. */
    long hash() {
        return turnovers.hash();
    }
}
