package io.millrace.projections.internal;

import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.projections.Attachment;
import io.millrace.projections.Projection;
import io.millrace.projections.ProjectionFailedException;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.ProjectionStatus;
import io.millrace.projections.ProjectionsClosedException;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A projection in its group: where it is, and what stopped it. The group's thread feeds it, any thread asks. */
final class Member<P extends Projection> implements ProjectionHandle<P> {
    private static final Logger LOG = LoggerFactory.getLogger(Member.class);

    private final P projection;
    private final String name;
    private final Group group;
    private final QueryGate gate = new QueryGate();
    private final Progress progress;

    /** The group's thread only. */
    private long nextSequence;

    private volatile ProjectionFailedException failure;
    private volatile boolean closed;

    Member(final P projection, final String name, final Group group, final long nextSequence) {
        this.projection = projection;
        this.name = name;
        this.group = group;
        this.nextSequence = nextSequence;
        progress = new Progress(nextSequence - 1);
    }

    long nextSequence() {
        return nextSequence;
    }

    /** May wait for queries; see {@link QueryGate#beginChange}. */
    void beginBatch(final Patience patience) {
        gate.beginChange(patience);
    }

    /** Lets queries in, and makes known how far the projection is. */
    void endBatch() {
        gate.endChange();
        progress.publish(nextSequence - 1);
    }

    /** Gives a batch back that has not begun for all of the group. */
    void cancelBatch() {
        gate.endChange();
    }

    /** Applies an event, unless this projection starts behind it. Returns false if that stopped the projection. */
    boolean apply(final EventView event) {
        final long sequence = event.sequence();
        if (sequence < nextSequence) {
            return true;
        }
        try {
            projection.onEvent(event);
        } catch (final Throwable e) {
            fail(e);
            return false;
        }
        nextSequence = sequence + 1;
        return true;
    }

    void prefetch(final EventBatch events) {
        projection.prefetch(events);
    }

    /** Stops before the next event. */
    void fail(final Throwable cause) {
        LOG.error("projection has stopped: projection={}, sequence={}", name, nextSequence, cause);
        failure = new ProjectionFailedException(name, nextSequence, cause);
        endBatch();
        progress.wakeAll();
    }

    /** Ends every wait, now and later. */
    void close() {
        closed = true;
        progress.wakeAll();
    }

    String name() {
        return name;
    }

    ProjectionStatus status(final long journaledSequence) {
        final long applied = appliedSequence();
        final long lag = Math.max(0, journaledSequence - applied);
        return new ProjectionStatus(name, group.name(), group.requested(), attachment(), applied, lag, failure);
    }

    @Override
    public long appliedSequence() {
        return progress.appliedSequence();
    }

    @Override
    public boolean awaitSequence(final long sequence, final long timeoutNs) throws InterruptedException {
        return progress.appliedSequence() >= sequence || progress.await(sequence, timeoutNs, this::requireRunning);
    }

    /** What was applied was published before the end was made known, so it is looked at again behind it. */
    private void requireRunning(final long awaited) {
        final ProjectionFailedException stopped = failure;
        if (stopped != null && stopped.sequence() <= awaited) {
            throw new ProjectionFailedException(name, stopped.sequence(), stopped.getCause());
        }
        if (closed && progress.appliedSequence() < awaited) {
            throw new ProjectionsClosedException(name, awaited, progress.appliedSequence());
        }
    }

    @Override
    public <T> T query(final Function<? super P, ? extends T> question) {
        Objects.requireNonNull(question, "question");
        if (group.isCurrentThread()) {
            return question.apply(projection);
        }
        gate.beginQuery();
        try {
            return question.apply(projection);
        } finally {
            gate.endQuery();
        }
    }

    @Override
    public Attachment attachment() {
        return group.attachment();
    }

    @Override
    public ProjectionFailedException failure() {
        return failure;
    }
}
