package io.millrace.engine.typed;

import io.millrace.engine.ApplyFailedException;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.EngineFailedException;
import io.millrace.engine.Health;
import io.millrace.engine.PublishException;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalLockedException;
import io.millrace.journal.JvmFlags;
import io.millrace.journal.MissingJvmFlagsException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * An {@link Engine} that runs a {@link Domain}. Thread-safe. Its own methods publish as an anonymous client and number
 * the commands themselves; {@link #newPublisher} is for clients with a name.
 *
 * @param <C> what the commands have in common
 * @param <E> what the events have in common
 * @param <S> the state
 */
public final class TypedEngine<C, E, S> implements AutoCloseable {
    /** How long {@link #execute(Object)} waits: thirty seconds. */
    public static final long DEFAULT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private final Engine engine;
    private final Domain<C, E, S> domain;
    private final TypedStateMachine<C, E, S> machine;
    private final int maxCommandBytes;
    private final TypedPublisher<C> anonymous;
    private final AtomicLong requestIds = new AtomicLong();

    private TypedEngine(
            final Engine engine,
            final Domain<C, E, S> domain,
            final TypedStateMachine<C, E, S> machine,
            final int maxCommandBytes) {
        this.engine = engine;
        this.domain = domain;
        this.machine = machine;
        this.maxCommandBytes = maxCommandBytes;
        anonymous = newPublisher(0);
    }

    /**
     * Opens the journal, replays it into the domain's state, and starts the threads. Blocks for as long as the replay
     * takes. An event in the journal whose type id is not registered, or whose payload cannot be decoded, is refused.
     *
     * @param config where and how; mind {@link EngineConfig#maxCommandBytes()}, as CBOR names every field
     * @param domain to run
     * @param <C> what the commands have in common
     * @param <E> what the events have in common
     * @param <S> the state
     * @return the running engine
     * @throws MissingJvmFlagsException if the JVM lacks a needed flag
     * @throws JournalLockedException if the directory is open for writing already
     * @throws JournalCorruptException if the journal is not as it was written
     * @throws ApplyFailedException if an event of the journal cannot be applied; names its sequence, and the cause says
     *     what to add
     */
    public static <C, E, S> TypedEngine<C, E, S> launch(final EngineConfig config, final Domain<C, E, S> domain) {
        JvmFlags.require(); // before the first buffer: Agrona fails without them, and does not say of what
        final TypedStateMachine<C, E, S> machine =
                new TypedStateMachine<>(domain, config.journal().maxResultBytes());
        return new TypedEngine<>(Engine.launch(config, machine), domain, machine, config.maxCommandBytes());
    }

    /**
     * Launches with the default configuration.
     *
     * @param journalDirectory created when it does not exist
     * @param domain to run
     * @param <C> what the commands have in common
     * @param <E> what the events have in common
     * @param <S> the state
     * @return the running engine
     * @see #launch(EngineConfig, Domain)
     */
    public static <C, E, S> TypedEngine<C, E, S> launch(final Path journalDirectory, final Domain<C, E, S> domain) {
        return launch(EngineConfig.at(journalDirectory), domain);
    }

    /**
     * Publishes a command, to be answered at {@link Durability#JOURNALED}. Never waits.
     *
     * @param command of a registered class
     * @return the outcome to come
     * @see TypedPublisher#submit
     */
    public CompletableFuture<TypedOutcome> submit(final C command) {
        return submit(command, Durability.JOURNALED);
    }

    /**
     * Publishes a command. Never waits.
     *
     * @param command of a registered class
     * @param durability at which the outcome is wanted
     * @return the outcome to come
     * @see TypedPublisher#submit
     */
    public CompletableFuture<TypedOutcome> submit(final C command, final Durability durability) {
        return anonymous.submit(requestIds.incrementAndGet(), command, durability);
    }

    /**
     * Publishes a command and waits for room in the ring when it is full. Does not wait for the outcome.
     *
     * @param command of a registered class
     * @param durability at which the outcome is wanted
     * @param timeoutNs how long to wait for room at most, in nanoseconds
     * @return the outcome to come
     * @throws InterruptedException if the caller was interrupted while waiting; the command has no effect
     * @see TypedPublisher#submitOrWait
     */
    public CompletableFuture<TypedOutcome> submitOrWait(
            final C command, final Durability durability, final long timeoutNs) throws InterruptedException {
        return anonymous.submitOrWait(requestIds.incrementAndGet(), command, durability, timeoutNs);
    }

    /**
     * Publishes a command and waits for its outcome at {@link Durability#JOURNALED}, up to {@link #DEFAULT_TIMEOUT_NS}.
     *
     * @param command of a registered class
     * @return the outcome, accepted or not
     * @throws PublishException if it was not published; it has no effect
     * @throws TimeoutException if it was published and its outcome did not come in time; it may take effect later
     * @throws InterruptedException if the caller was interrupted while waiting; it may take effect later
     * @see TypedPublisher#execute
     */
    public TypedOutcome execute(final C command) throws InterruptedException, TimeoutException {
        return execute(command, Durability.JOURNALED, DEFAULT_TIMEOUT_NS);
    }

    /**
     * Publishes a command and waits for its outcome, up to {@link #DEFAULT_TIMEOUT_NS}.
     *
     * @param command of a registered class
     * @param durability at which the outcome is wanted
     * @return the outcome, accepted or not
     * @throws PublishException if it was not published; it has no effect
     * @throws TimeoutException if it was published and its outcome did not come in time; it may take effect later
     * @throws InterruptedException if the caller was interrupted while waiting; it may take effect later
     * @see TypedPublisher#execute
     */
    public TypedOutcome execute(final C command, final Durability durability)
            throws InterruptedException, TimeoutException {
        return execute(command, durability, DEFAULT_TIMEOUT_NS);
    }

    /**
     * Publishes a command and waits for its outcome.
     *
     * @param command of a registered class
     * @param durability at which the outcome is wanted
     * @param timeoutNs how long to wait at most, for room and outcome together, in nanoseconds
     * @return the outcome, accepted or not
     * @throws PublishException if it was not published; it has no effect
     * @throws TimeoutException if it was published and its outcome did not come in time; it may take effect later
     * @throws InterruptedException if the caller was interrupted while waiting; it may take effect later
     * @see TypedPublisher#execute
     */
    public TypedOutcome execute(final C command, final Durability durability, final long timeoutNs)
            throws InterruptedException, TimeoutException {
        return anonymous.execute(requestIds.incrementAndGet(), command, durability, timeoutNs);
    }

    /**
     * A publisher for a client that numbers its commands.
     *
     * @param clientId who its commands are from, 0 for anonymous
     * @return a new publisher; there may be up to {@link EngineConfig#MAX_PUBLISHERS} in an engine's life
     */
    public TypedPublisher<C> newPublisher(final long clientId) {
        return new TypedPublisher<>(
                engine.newPublisher(clientId, outcome -> {}), domain.commands(), domain.results(), maxCommandBytes);
    }

    /**
     * Asks the state a question between two commands. The writer waits meanwhile, so this is for tests and tools, not
     * for queries: those belong to projections.
     *
     * @param question reads the state and must not change it, nor let it out
     * @param <T> type of the answer
     * @return the answer; sees every command published before on the same thread
     */
    public <T> CompletableFuture<T> inspect(final Function<? super S, ? extends T> question) {
        return engine.inspect(ignored -> question.apply(machine.state()));
    }

    /**
     * The hash of the state; see {@link Engine#stateHash()}.
     *
     * @return the hash to come
     */
    public CompletableFuture<Long> stateHash() {
        return engine.stateHash();
    }

    /**
     * How the engine is. Never blocks; any thread, in any state.
     *
     * @return a snapshot of its health
     */
    public Health health() {
        return engine.health();
    }

    /**
     * The engine of the binary API beneath, for projections and tools. Closing it closes this.
     *
     * @return the engine
     */
    public Engine engine() {
        return engine;
    }

    /**
     * Closes the engine; see {@link Engine#close()}.
     *
     * @throws EngineFailedException if the engine had failed or failed to drain; everything is released all the same
     */
    @Override
    public void close() {
        engine.close();
    }
}
