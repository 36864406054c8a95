package io.millrace.engine.typed;

import io.millrace.engine.Command;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import java.util.function.Supplier;

/**
 * A deterministic domain: what there is, what may be asked of it, and what follows. Either implement it, or put it
 * together of functions, one for each class, with {@link #of}. The rules of {@link StateMachine} hold: decide changes
 * nothing, apply decides nothing, and neither asks a clock, a random number or the world.
 *
 * @param <C> what the commands have in common
 * @param <E> what the events have in common
 * @param <S> the state
 */
public interface Domain<C, E, S> {
    /**
     * The commands that it takes.
     *
     * @return always the same
     */
    Types<C> commands();

    /**
     * The events that it knows.
     *
     * @return always the same
     */
    Types<E> events();

    /**
     * What accepted commands may return.
     *
     * @return always the same; nothing unless overridden
     */
    default Types<Object> results() {
        return ResultFormat.NONE;
    }

    /**
     * The state before the first event.
     *
     * @return a new state
     */
    S initial();

    /**
     * Decides a command. If it throws, the command is rejected with {@code DECIDE_FAILED}.
     *
     * @param state to read, never to change
     * @param command to decide
     * @param envelope who sent it, and {@linkplain Command#timestampNs() the time}; valid during the call only
     * @return the verdict
     */
    Verdict<? extends E> decide(S state, C command, Command envelope);

    /**
     * Applies an event. Must not throw. Takes what {@link Codec#decode} made, never the very object that decide emitted.
     *
     * @param state to change, or to leave when it is immutable
     * @param event to apply
     * @param envelope its sequence, time and stream; valid during the call only
     * @return the state after the event, the same object if it was changed in place
     */
    S apply(S state, E event, EventView envelope);

    /**
     * The stream that an event belongs to, an account's or an order's number, say.
     *
     * @param event to be journaled
     * @return the stream id; 0 for all events unless overridden
     */
    default long streamOf(final E event) {
        return 0;
    }

    /**
     * How the state is saved, and so hashed.
     *
     * @return CBOR of the class of the initial state unless overridden
     */
    @SuppressWarnings("unchecked") // the class of an S is a class of S
    default StateCodec<S> stateCodec() {
        return StateCodec.cbor((Class<S>) initial().getClass());
    }

    /**
     * Starts a domain of functions.
     *
     * @param commands what the commands have in common, best a sealed interface: then none can be forgotten
     * @param events what the events have in common, best a sealed interface
     * @param initial makes the state before the first event
     * @param <C> what the commands have in common
     * @param <E> what the events have in common
     * @param <S> the state
     * @return a builder that has no functions yet
     */
    static <C, E, S> DomainBuilder<C, E, S> of(
            final Class<C> commands, final Class<E> events, final Supplier<? extends S> initial) {
        return new DomainBuilder<>(commands, events, initial);
    }
}
