package io.millrace.projections.internal;

import io.millrace.journal.Journal;
import io.millrace.projections.Attachment;
import io.millrace.projections.Projection;
import io.millrace.projections.ProjectionGroup;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.ProjectionStatus;
import io.millrace.projections.ProjectionsConfig;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The projections that share a thread, and the life of that thread. Changed under the monitor of the runtime. */
final class Group implements ProjectionGroup {
    private static final long FIRST_SEQUENCE = 1;

    private final ProjectionsRuntime runtime;
    private final String name;
    private final Attachment requested;
    private final List<Member<?>> members = new CopyOnWriteArrayList<>();
    private volatile GroupLoop loop;
    private volatile Thread thread;

    Group(final ProjectionsRuntime runtime, final String name, final Attachment requested) {
        this.runtime = runtime;
        this.name = name;
        this.requested = requested;
    }

    @Override
    public String name() {
        return name;
    }

    Attachment requested() {
        return requested;
    }

    Attachment attachment() {
        final GroupLoop current = loop;
        return current == null ? Attachment.TAILING : current.attachment();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public <P extends Projection> ProjectionHandle<P> add(final P projection) {
        final String projectionName = ProjectionsRuntime.requireName(projection.name());
        synchronized (runtime) {
            runtime.requireOpen();
            requireNotStarted();
            runtime.claimName(projectionName);
            final Member<P> member = new Member<>(projection, projectionName, this, FIRST_SEQUENCE);
            members.add(member);
            return member;
        }
    }

    @Override
    public void start() {
        synchronized (runtime) {
            runtime.requireOpen();
            requireNotStarted();
            if (members.isEmpty()) {
                throw new IllegalStateException("group must have a projection to be started: group=" + name);
            }
            final EventSource source = runtime.source();
            final ProjectionsConfig config = runtime.config();
            final Journal journal = source.journal();
            final RingLink ring = requested == Attachment.RING
                    ? new RingLink(name, source.newRingFeed(), runtime.ringLagBudget())
                    : null;
            loop = new GroupLoop(
                    name,
                    List.copyOf(members),
                    journal,
                    ring,
                    config.idleStrategy().get(),
                    config.maxBatchCommits());
            thread = new Thread(loop, "millrace-projection-" + name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void requireNotStarted() {
        if (loop != null) {
            throw new IllegalStateException("group must not have been started: group=" + name);
        }
    }

    Stream<ProjectionStatus> status(final long journaledSequence) {
        return members.stream().map(member -> member.status(journaledSequence));
    }

    /** Does not interrupt: that would reach the code of a projection in the middle of an event. */
    void stop() {
        if (loop != null) {
            loop.stop();
            LockSupport.unpark(thread);
        }
    }

    /** Waits for the thread; returns whether it has ended. Waits of others end in any case. */
    boolean awaitEnd(final long timeoutNs) throws InterruptedException {
        final Thread running = thread;
        if (running != null && timeoutNs > 0) {
            TimeUnit.NANOSECONDS.timedJoin(running, timeoutNs);
        }
        final boolean ended = running == null || !running.isAlive();
        members.forEach(Member::close);
        return ended;
    }
}
