package io.millrace.engine.typed;

import io.millrace.engine.Command;
import io.millrace.journal.EventView;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** A domain of functions, found by class. */
record FunctionDomain<C, E, S>(
        Types<C> commands,
        Types<E> events,
        Types<Object> results,
        Supplier<? extends S> start,
        Map<Class<?>, DomainBuilder.Decider<S, C, E>> deciders,
        Map<Class<?>, DomainBuilder.Evolver<S, E>> evolvers,
        ToLongFunction<? super E> stream,
        StateCodec<S> customStateCodec)
        implements Domain<C, E, S> {
    @Override
    public S initial() {
        return start.get();
    }

    @Override
    public Verdict<? extends E> decide(final S state, final C command, final Command envelope) {
        return deciders.get(command.getClass()).decide(state, command, envelope);
    }

    @Override
    public S apply(final S state, final E event, final EventView envelope) {
        return evolvers.get(event.getClass()).apply(state, event, envelope);
    }

    @Override
    public long streamOf(final E event) {
        return stream.applyAsLong(event);
    }

    @Override
    public StateCodec<S> stateCodec() {
        return customStateCodec == null ? Domain.super.stateCodec() : customStateCodec;
    }
}
