package io.millrace.projections.internal;

import io.millrace.engine.Engine;
import io.millrace.projections.Attachment;
import io.millrace.projections.Projection;
import io.millrace.projections.ProjectionGroup;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.ProjectionStatus;
import io.millrace.projections.Projections;
import io.millrace.projections.ProjectionsConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The groups of one engine. */
public final class ProjectionsRuntime implements Projections {
    private final EventSource source;
    private final ProjectionsConfig config;
    private final int ringLagBudget;
    private final List<Group> groups = new CopyOnWriteArrayList<>();
    private final Set<String> projectionNames = new HashSet<>();
    private boolean closed;

    ProjectionsRuntime(final EventSource source, final ProjectionsConfig config) {
        this.source = source;
        this.config = config;
        final int ringSize = source.ringSize();
        ringLagBudget =
                config.ringLagBudget() == ProjectionsConfig.HALF_OF_THE_RING ? ringSize / 2 : config.ringLagBudget();
        if (ringLagBudget >= ringSize) {
            throw new IllegalArgumentException("ringLagBudget must be less than the ring has: ringLagBudget="
                    + ringLagBudget + ", ringSize=" + ringSize);
        }
    }

    /**
     * A runtime.
     *
     * @param engine to take the events from
     * @param config of the runtime
     * @return a runtime without projections
     */
    public static ProjectionsRuntime of(final Engine engine, final ProjectionsConfig config) {
        Objects.requireNonNull(config, "config");
        return new ProjectionsRuntime(EventSource.of(Objects.requireNonNull(engine, "engine")), config);
    }

    EventSource source() {
        return source;
    }

    ProjectionsConfig config() {
        return config;
    }

    /** Slots. */
    int ringLagBudget() {
        return ringLagBudget;
    }

    @Override
    public synchronized <P extends Projection> ProjectionHandle<P> start(
            final P projection, final Attachment attachment) {
        final Group group = newGroup(projection.name(), attachment);
        final ProjectionHandle<P> handle = group.add(projection);
        groups.add(group);
        group.start();
        return handle;
    }

    @Override
    public synchronized ProjectionGroup group(final String name, final Attachment attachment) {
        final Group group = newGroup(name, attachment);
        groups.add(group);
        return group;
    }

    private Group newGroup(final String name, final Attachment attachment) {
        Objects.requireNonNull(attachment, "attachment");
        requireOpen();
        requireName(name);
        if (groups.stream().anyMatch(group -> group.name().equals(name))) {
            throw new IllegalArgumentException("name of a group must be unique: group=" + name);
        }
        return new Group(this, name, attachment);
    }

    static String requireName(final String name) {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("name must not be blank: \"" + name + '"');
        }
        return name;
    }

    /** Under this monitor. */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("projections must be open");
        }
    }

    /** Under this monitor. */
    void claimName(final String projection) {
        if (!projectionNames.add(projection)) {
            throw new IllegalArgumentException("name of a projection must be unique: projection=" + projection);
        }
    }

    @Override
    public List<ProjectionStatus> status() {
        final long journaledSequence = source.journal().journaledSequence();
        return groups.stream().flatMap(group -> group.status(journaledSequence)).toList();
    }

    @Override
    public void close() {
        if (groups.stream().anyMatch(Group::isCurrentThread)) {
            throw new IllegalStateException("projections must not be closed by one of them");
        }
        synchronized (this) {
            if (!closed) {
                closed = true;
                groups.forEach(Group::stop);
                awaitEnds();
            }
        }
    }

    private void awaitEnds() {
        final long startNs = System.nanoTime();
        final List<String> stillRunning = new ArrayList<>();
        boolean interrupted = false;
        for (final Group group : groups) {
            while (true) {
                try {
                    if (!group.awaitEnd(config.closeTimeoutNs() - (System.nanoTime() - startNs))) {
                        stillRunning.add(group.name());
                    }
                    break;
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!stillRunning.isEmpty()) {
            throw new IllegalStateException("projections must end their event within closeTimeoutNs: timeoutNs="
                    + config.closeTimeoutNs() + ", groups=" + stillRunning);
        }
    }
}
