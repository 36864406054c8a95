package io.millrace.projections.typed;

import io.millrace.engine.typed.Types;
import io.millrace.projections.ProjectionHandle;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * A projection of a function over a read model, which is asked by {@link ProjectionHandle#query}. Made by
 * {@link TypedProjection#of}.
 *
 * @param <E> what the events have in common
 * @param <M> the read model
 */
public final class ModelProjection<E, M> extends TypedProjection<E> {
    private final M model;
    private final BiConsumer<? super M, ? super E> function;

    ModelProjection(
            final String name, final Types<E> events, final M model, final BiConsumer<? super M, ? super E> function) {
        super(name, events);
        this.model = Objects.requireNonNull(model, "model");
        this.function = Objects.requireNonNull(function, "function");
    }

    /**
     * The read model, to be looked at within a query only, and not to be changed.
     *
     * @return as given to {@link TypedProjection#of}
     */
    public M model() {
        return model;
    }

    @Override
    protected void onEvent(final E event, final long sequence, final long timestampNs) {
        function.accept(model, event);
    }
}
