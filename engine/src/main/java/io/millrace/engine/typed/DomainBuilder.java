package io.millrace.engine.typed;

import io.millrace.engine.Command;
import io.millrace.journal.EventView;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Puts a {@link Domain} together of functions: one that decides for each class of commands, one that applies for each
 * class of events. The numbers stand for the classes, those of events for as long as the journal lives. Classes are
 * written as CBOR unless {@link #commandCodec} or {@link #eventCodec} say otherwise. Not thread-safe.
 *
 * @param <C> what the commands have in common
 * @param <E> what the events have in common
 * @param <S> the state
 */
public final class DomainBuilder<C, E, S> {
    private final Types.Builder<C> commands;
    private final Types.Builder<E> events;
    private final Supplier<? extends S> initial;
    private final Map<Class<?>, Decider<S, C, E>> deciders = new HashMap<>();
    private final Map<Class<?>, Evolver<S, E>> evolvers = new HashMap<>();
    private Types<Object> results = ResultFormat.NONE;
    private ToLongFunction<? super E> stream = event -> 0;
    private StateCodec<S> stateCodec;

    DomainBuilder(final Class<C> commands, final Class<E> events, final Supplier<? extends S> initial) {
        this.commands = Types.of(commands);
        this.events = Types.of(events);
        this.initial = Objects.requireNonNull(initial, "initial");
    }

    /**
     * A function that decides and wants to know who asks and when.
     *
     * @param <S> the state
     * @param <T> class of the command
     * @param <E> what the events have in common
     */
    @FunctionalInterface
    public interface Decider<S, T, E> {
        /**
         * See {@link Domain#decide}.
         *
         * @param state to read
         * @param command to decide
         * @param envelope valid during the call only
         * @return the verdict
         */
        Verdict<? extends E> decide(S state, T command, Command envelope);
    }

    /**
     * A function that applies and wants to know the event's sequence, time or stream.
     *
     * @param <S> the state
     * @param <T> class of the event
     */
    @FunctionalInterface
    public interface Evolver<S, T> {
        /**
         * See {@link Domain#apply}.
         *
         * @param state to change or to replace
         * @param event to apply
         * @param envelope valid during the call only
         * @return the state after the event
         */
        S apply(S state, T event, EventView envelope);
    }

    /**
     * Registers a class of commands and decides it.
     *
     * @param typeId 1 to 65535
     * @param type a concrete class
     * @param function reads the state and the command
     * @param <T> the class
     * @return this
     * @throws TypeRegistrationException if the number or the class is taken
     */
    public <T extends C> DomainBuilder<C, E, S> decide(
            final int typeId,
            final Class<T> type,
            final BiFunction<? super S, ? super T, ? extends Verdict<? extends E>> function) {
        Objects.requireNonNull(function, "function");
        return decide(typeId, type, (state, command, envelope) -> function.apply(state, command));
    }

    /**
     * Registers a class of commands and decides it.
     *
     * @param typeId 1 to 65535
     * @param type a concrete class
     * @param function reads the state, the command and its envelope
     * @param <T> the class
     * @return this
     * @throws TypeRegistrationException if the number or the class is taken
     */
    public <T extends C> DomainBuilder<C, E, S> decide(
            final int typeId, final Class<T> type, final Decider<? super S, ? super T, ? extends E> function) {
        Objects.requireNonNull(function, "function");
        commands.add(typeId, type);
        deciders.put(type, (state, command, envelope) -> function.decide(state, type.cast(command), envelope));
        return this;
    }

    /**
     * Registers a class of events and applies it by changing the state.
     *
     * @param typeId 1 to 65535, never used for anything else in the life of the journal
     * @param type a concrete class
     * @param function changes the state
     * @param <T> the class
     * @return this
     * @throws TypeRegistrationException if the number or the class is taken
     */
    public <T extends E> DomainBuilder<C, E, S> apply(
            final int typeId, final Class<T> type, final BiConsumer<? super S, ? super T> function) {
        Objects.requireNonNull(function, "function");
        return evolve(typeId, type, (state, event, envelope) -> {
            function.accept(state, event);
            return state;
        });
    }

    /**
     * Registers a class of events and applies it by replacing the state, which can be immutable.
     *
     * @param typeId 1 to 65535, never used for anything else in the life of the journal
     * @param type a concrete class
     * @param function returns the state after the event
     * @param <T> the class
     * @return this
     * @throws TypeRegistrationException if the number or the class is taken
     */
    public <T extends E> DomainBuilder<C, E, S> evolve(
            final int typeId, final Class<T> type, final BiFunction<? super S, ? super T, ? extends S> function) {
        Objects.requireNonNull(function, "function");
        return evolve(typeId, type, (state, event, envelope) -> function.apply(state, event));
    }

    /**
     * Registers a class of events and applies it by changing or replacing the state.
     *
     * @param typeId 1 to 65535, never used for anything else in the life of the journal
     * @param type a concrete class
     * @param function returns the state after the event
     * @param <T> the class
     * @return this
     * @throws TypeRegistrationException if the number or the class is taken
     */
    public <T extends E> DomainBuilder<C, E, S> evolve(
            final int typeId, final Class<T> type, final Evolver<S, ? super T> function) {
        Objects.requireNonNull(function, "function");
        events.add(typeId, type);
        evolvers.put(type, (state, event, envelope) -> function.apply(state, type.cast(event), envelope));
        return this;
    }

    /**
     * Gives a class of commands another codec than CBOR, or another schema version than 1.
     *
     * @param type a class of commands that has a function, before or after this call
     * @param schemaVersion that the codec writes, 0 to 65535; it must read all versions up to this one
     * @param codec for the class
     * @param <T> the class
     * @return this
     * @throws TypeRegistrationException if the version is out of range or the class has such a codec
     */
    public <T extends C> DomainBuilder<C, E, S> commandCodec(
            final Class<T> type, final int schemaVersion, final Codec<T> codec) {
        commands.codec(type, schemaVersion, codec);
        return this;
    }

    /**
     * Gives a class of events another codec than CBOR, or another schema version than 1.
     *
     * @param type a class of events that has a function, before or after this call
     * @param schemaVersion that the codec writes, 0 to 65535; it must read all versions up to this one
     * @param codec for the class
     * @param <T> the class
     * @return this
     * @throws TypeRegistrationException if the version is out of range or the class has such a codec
     */
    public <T extends E> DomainBuilder<C, E, S> eventCodec(
            final Class<T> type, final int schemaVersion, final Codec<T> codec) {
        events.codec(type, schemaVersion, codec);
        return this;
    }

    /**
     * What accepted commands may return.
     *
     * @param types of the results
     * @return this
     */
    public DomainBuilder<C, E, S> results(final Types<Object> types) {
        results = Objects.requireNonNull(types, "types");
        return this;
    }

    /**
     * Which stream an event belongs to; without this call all are of stream 0.
     *
     * @param function returns the stream id
     * @return this
     */
    public DomainBuilder<C, E, S> stream(final ToLongFunction<? super E> function) {
        stream = Objects.requireNonNull(function, "function");
        return this;
    }

    /**
     * How the state is saved; without this call as CBOR.
     *
     * @param codec of the state
     * @return this
     */
    public DomainBuilder<C, E, S> stateCodec(final StateCodec<S> codec) {
        stateCodec = Objects.requireNonNull(codec, "codec");
        return this;
    }

    /**
     * The domain.
     *
     * @return an immutable domain
     * @throws TypeRegistrationException if a class is missing that a sealed type permits, a codec has no
     *     function, or CBOR cannot hold a class
     */
    public Domain<C, E, S> build() {
        return new FunctionDomain<>(
                commands.build(),
                events.build(),
                results,
                initial,
                Map.copyOf(deciders),
                Map.copyOf(evolvers),
                stream,
                stateCodec);
    }
}
