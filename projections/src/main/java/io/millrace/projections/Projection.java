package io.millrace.projections;

import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;

/**
 * Keeps a read model. Sees every event once, in the order of the journal, on one thread. Never holds up the writer.
 */
public interface Projection {
    /**
     * What to call it in messages; unique within a runtime.
     *
     * @return the name
     */
    String name();

    /**
     * Changes the read model by an event. If it throws, the projection stops before that event and says so; the others
     * and the writer go on.
     *
     * @param event valid during the call only
     */
    void onEvent(EventView event);

    /**
     * Reads the memory that these events will need. Optional and purely for speed, for read models that are larger than
     * the cache: look-ups for many events in a row, in a loop that does nothing else, wait for memory together. Called now and then while tailing. Must
     * neither change anything nor throw, and may be shown events that were applied before.
     *
     * @param events that will probably come next
     */
    default void prefetch(final EventBatch events) {}
}
