package io.millrace.projections;

import io.millrace.engine.Engine;
import io.millrace.projections.internal.ProjectionsRuntime;
import java.util.List;

/**
 * Runs the projections of one engine. Thread-safe.
 *
 * <p>Close it before the engine. If the engine is closed first, each projection still applies what it can read, and
 * then stops: without a {@linkplain ProjectionHandle#failure() failure} if it has applied all that was journaled, with
 * one if not. If the engine fails, projections go on applying what is journaled, and wait for more until they are
 * closed.
 */
public interface Projections extends AutoCloseable {
    /**
     * A runtime with the default configuration.
     *
     * @param engine to take the events from; stays the caller's
     * @return a runtime without projections
     */
    static Projections of(final Engine engine) {
        return of(engine, new ProjectionsConfig());
    }

    /**
     * A runtime.
     *
     * @param engine to take the events from; stays the caller's
     * @param config not to be changed afterwards
     * @return a runtime without projections
     * @throws IllegalArgumentException if the lag budget does not suit the engine's ring
     */
    static Projections of(final Engine engine, final ProjectionsConfig config) {
        return ProjectionsRuntime.of(engine, config);
    }

    /**
     * Starts a projection that tails the journal on its own thread, from the first event.
     *
     * @param projection with an empty read model; its methods are called by the runtime only
     * @param <P> type of the projection
     * @return how to follow and to ask it
     * @throws IllegalArgumentException if a projection or group of that name exists
     * @throws IllegalStateException if the runtime is closed
     */
    default <P extends Projection> ProjectionHandle<P> start(final P projection) {
        return start(projection, Attachment.TAILING);
    }

    /**
     * Starts a projection on its own thread, from the first event. A group of its own, with the projection's name.
     *
     * @param projection with an empty read model; its methods are called by the runtime only
     * @param attachment how it shall get its events
     * @param <P> type of the projection
     * @return how to follow and to ask it
     * @throws IllegalArgumentException if a projection or group of that name exists
     * @throws IllegalStateException if the runtime is closed
     */
    <P extends Projection> ProjectionHandle<P> start(P projection, Attachment attachment);

    /**
     * Makes a group of projections that share one thread and one reader. It reads nothing until
     * {@link ProjectionGroup#start()}.
     *
     * @param name unique within this runtime; the thread is called {@code millrace-projection-<name>}
     * @param attachment how the group shall get its events
     * @return an empty group
     * @throws IllegalArgumentException if a group of that name exists
     * @throws IllegalStateException if the runtime is closed
     */
    ProjectionGroup group(String name, Attachment attachment);

    /**
     * How the projections are, in the order in which they were added. Never blocks; works after {@link #close()} too.
     *
     * @return one snapshot per projection
     */
    List<ProjectionStatus> status();

    /**
     * Stops all projections between two commands, and releases what they read from. Every waiting
     * {@link ProjectionHandle#awaitSequence} ends with {@link ProjectionsClosedException}; queries still work. Idempotent; a
     * second caller waits for the first. An interrupted caller goes on waiting and stays interrupted. Must not be called
     * by a projection.
     *
     * @throws IllegalStateException if a projection is still in one and the same command after
     *     {@link ProjectionsConfig#closeTimeoutNs()}, or if called by a projection
     */
    @Override
    void close();
}
