package io.millrace.benchmarks.latency;

import io.millrace.benchmarks.compare.TransferLayout;
import io.millrace.contest.Transfers;
import io.millrace.contest.Turnovers;
import io.millrace.journal.EventView;
import io.millrace.projections.Projection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The read model, which records when it has applied an event, and stands still while the situation wants it to. */
final class TimedReadModel implements Projection {
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicLong applied = new AtomicLong();
    private final Turnovers turnovers;
    private final Situation situation;
    private final Recording recording;
    private volatile boolean released;

    TimedReadModel(final int accounts, final Situation situation, final Recording recording) {
        turnovers = new Turnovers(accounts);
        this.situation = situation;
        this.recording = recording;
    }

    @Override
    public String name() {
        return "turnovers";
    }

    @Override
    public void onEvent(final EventView event) {
        while (situation.holdsProjection() && !released) {
            LockSupport.parkNanos(NAP_NS);
        }
        turnovers.add(
                TransferLayout.debit(event.buffer(), event.offset()),
                TransferLayout.credit(event.buffer(), event.offset()),
                TransferLayout.amount(event.buffer(), event.offset()));
        final long dueNs = event.buffer().getLong(event.offset() + Transfers.SENT_AT_OFFSET, Transfers.BYTE_ORDER);
        recording.record(Section.PROJECTED, System.nanoTime() - dueNs);
        applied.setRelease(applied.getPlain() + 1);
    }

    /** How many events; ordered behind what they did to the model. */
    long applied() {
        return applied.getAcquire();
    }

    /** Whatever the situation says, from now on it goes on. */
    void release() {
        released = true;
    }
}
