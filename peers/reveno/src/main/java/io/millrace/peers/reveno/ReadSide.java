package io.millrace.peers.reveno;

import io.millrace.contest.Turnovers;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.reveno.atp.api.EventsManager.EventMetadata;

/** The event handler that counts, on the thread of Reveno's event pipe. */
final class ReadSide implements BiConsumer<Transferred, EventMetadata> {
    private static final long STALL_NS = 60_000_000_000L;
    private static final long POLL_NS = 50_000;

    private final Turnovers turnovers;
    private final AtomicLong events = new AtomicLong();

    ReadSide(final int accounts) {
        turnovers = new Turnovers(accounts);
    }

    @Override
    public void accept(final Transferred event, final EventMetadata metadata) {
        turnovers.add((int) event.debit(), (int) event.credit(), event.amount());
        events.lazySet(events.getPlain() + 1);
    }

    long events() {
        return events.get();
    }

    /** Once {@link #await} has returned. */
    long hash() {
        return turnovers.hash();
    }

    /** Returns when that many events are counted; throws if nothing moves for a minute. */
    void await(final long expected) {
        long before = events.get();
        long deadline = System.nanoTime() + STALL_NS;
        while (before < expected) {
            LockSupport.parkNanos(POLL_NS);
            final long now = events.get();
            if (now > before) {
                before = now;
                deadline = System.nanoTime() + STALL_NS;
            } else if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "events must reach the handler: found=" + now + ", awaited=" + expected);
            }
        }
    }
}
