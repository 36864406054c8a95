package io.millrace.projections;

/**
 * Projections that share one thread and one reader: the events are read once, and each goes to every projection in the
 * order of {@link #add}. A slow one slows the others of its group; one that fails stops alone. Queries of one projection
 * wait while a batch of events goes through the group. Thread-safe.
 */
public interface ProjectionGroup {
    /**
     * What the group is called.
     *
     * @return the name
     */
    String name();

    /**
     * Adds a projection, before {@link #start()}.
     *
     * @param projection with an empty read model; its methods are called by the group's thread only
     * @param <P> type of the projection
     * @return how to follow and to ask it
     * @throws IllegalArgumentException if a projection of that name exists in the runtime
     * @throws IllegalStateException if the group has been started, or the runtime is closed
     */
    <P extends Projection> ProjectionHandle<P> add(P projection);

    /**
     * Starts the thread. Once.
     *
     * @throws IllegalStateException if the group is empty or has been started, or the runtime is closed
     */
    void start();
}
