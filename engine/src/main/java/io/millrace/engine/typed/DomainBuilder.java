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
 * class of events. Not thread-safe.
 *
 * @param <C> what the commands have in common
 * @param <E> what the events have in common
 * @param <S> the state
 */
public final class DomainBuilder<C, E, S> {
    private final Types<C> commands;
    private final Types<E> events;
    private final Supplier<? extends S> initial;
    private final Map<Class<?>, Decider<S, C, E>> deciders = new HashMap<>();
    private final Map<Class<?>, Evolver<S, E>> evolvers = new HashMap<>();
    private Types<Object> results = ResultFormat.NONE;
    private ToLongFunction<? super E> stream = event -> 0;
    private StateCodec<S> stateCodec;

    DomainBuilder(final Types<C> commands, final Types<E> events, final Supplier<? extends S> initial) {
        this.commands = Objects.requireNonNull(commands, "commands");
        this.events = Objects.requireNonNull(events, "events");
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
        Verdict<E> decide(S state, T command, Command envelope);
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
     * Decides a class of commands.
     *
     * @param type a registered class
     * @param function reads the state and the command
     * @param <T> the class
     * @return this
     */
    public <T extends C> DomainBuilder<C, E, S> decide(
            final Class<T> type, final BiFunction<? super S, ? super T, Verdict<E>> function) {
        Objects.requireNonNull(function, "function");
        return decide(type, (state, command, envelope) -> function.apply(state, command));
    }

    /**
     * Decides a class of commands.
     *
     * @param type a registered class
     * @param function reads the state, the command and its envelope
     * @param <T> the class
     * @return this
     */
    public <T extends C> DomainBuilder<C, E, S> decide(
            final Class<T> type, final Decider<? super S, ? super T, E> function) {
        Objects.requireNonNull(function, "function");
        add(
                deciders,
                commands.registered(type),
                (state, command, envelope) -> function.decide(state, type.cast(command), envelope));
        return this;
    }

    /**
     * Applies a class of events by changing the state.
     *
     * @param type a registered class
     * @param function changes the state
     * @param <T> the class
     * @return this
     */
    public <T extends E> DomainBuilder<C, E, S> apply(
            final Class<T> type, final BiConsumer<? super S, ? super T> function) {
        Objects.requireNonNull(function, "function");
        return evolve(type, (state, event, envelope) -> {
            function.accept(state, event);
            return state;
        });
    }

    /**
     * Applies a class of events by replacing the state, which can be immutable.
     *
     * @param type a registered class
     * @param function returns the state after the event
     * @param <T> the class
     * @return this
     */
    public <T extends E> DomainBuilder<C, E, S> evolve(
            final Class<T> type, final BiFunction<? super S, ? super T, ? extends S> function) {
        Objects.requireNonNull(function, "function");
        return evolve(type, (state, event, envelope) -> function.apply(state, event));
    }

    /**
     * Applies a class of events by changing or replacing the state.
     *
     * @param type a registered class
     * @param function returns the state after the event
     * @param <T> the class
     * @return this
     */
    public <T extends E> DomainBuilder<C, E, S> evolve(final Class<T> type, final Evolver<S, ? super T> function) {
        Objects.requireNonNull(function, "function");
        add(
                evolvers,
                events.registered(type),
                (state, event, envelope) -> function.apply(state, type.cast(event), envelope));
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
     * @throws TypeRegistrationException if a registered class has no function
     */
    public Domain<C, E, S> build() {
        requireAll(commands, deciders, "decide");
        requireAll(events, evolvers, "apply");
        return new FunctionDomain<>(
                commands, events, results, initial, Map.copyOf(deciders), Map.copyOf(evolvers), stream, stateCodec);
    }

    private static <F> void add(
            final Map<Class<?>, F> functions, final Registration<?> registration, final F function) {
        if (functions.putIfAbsent(registration.type(), function) != null) {
            throw new TypeRegistrationException("each class must have one function; found a second: " + registration);
        }
    }

    private static void requireAll(final Types<?> types, final Map<Class<?>, ?> functions, final String verb) {
        for (final Registration<?> registration : types.registrations()) {
            if (!functions.containsKey(registration.type())) {
                throw new TypeRegistrationException("every registered class must have a function; add ." + verb + "("
                        + registration.type().getSimpleName() + ".class, ...) for " + registration);
            }
        }
    }
}
