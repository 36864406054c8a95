package io.millrace.projections.typed;

import io.millrace.engine.typed.Types;
import io.millrace.engine.typed.UnregisteredTypeException;
import io.millrace.journal.EventView;
import io.millrace.projections.Projection;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * A projection that gets its events decoded. Extend it, or make one of a function with {@link #of}.
 *
 * @param <E> what the events have in common
 */
public abstract class TypedProjection<E> implements Projection {
    private final String name;
    private final Types<E> events;

    /**
     * Creates the projection.
     *
     * @param name unique within a runtime
     * @param events the registry that the domain emits by
     */
    protected TypedProjection(final String name, final Types<E> events) {
        this.name = Objects.requireNonNull(name, "name");
        this.events = Objects.requireNonNull(events, "events");
    }

    /**
     * A projection of a function over a read model.
     *
     * @param name unique within a runtime
     * @param events the registry that the domain emits by
     * @param model in its empty state; belongs to the projection from now on
     * @param function changes the model by an event
     * @param <E> what the events have in common
     * @param <M> the read model
     * @return the projection
     */
    public static <E, M> ModelProjection<E, M> of(
            final String name, final Types<E> events, final M model, final BiConsumer<? super M, ? super E> function) {
        return new ModelProjection<>(name, events, model, function);
    }

    /**
     * Changes the read model by an event. If it throws, the projection stops before that event and says so.
     *
     * @param event decoded
     * @param sequence of the event
     * @param timestampNs when its command was decided, nanoseconds since 1970-01-01T00:00Z
     */
    protected abstract void onEvent(E event, long sequence, long timestampNs);

    @Override
    public final String name() {
        return name;
    }

    /**
     * Decodes the event and hands it on.
     *
     * @param event valid during the call only
     * @throws UnregisteredTypeException if its type is not registered; the projection stops before it
     */
    @Override
    public final void onEvent(final EventView event) {
        onEvent(events.decode(event), event.sequence(), event.timestampNs());
    }
}
