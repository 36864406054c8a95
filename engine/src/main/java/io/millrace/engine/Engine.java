package io.millrace.engine;

import io.millrace.engine.internal.DisruptorEngine;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalLockedException;
import io.millrace.journal.MissingJvmFlagsException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The command side: a ring that puts the commands of many threads in one order, one writer that decides and applies
 * them, and a journal that keeps their events. Thread-safe.
 *
 * <p>Fail-stop: the first failure of the journal or of {@link StateMachine#apply} stops the engine for good. Whoever
 * waits for an outcome gets one ({@link OutcomeStatus#FAILED} or {@link OutcomeStatus#UNKNOWN}), publishers get
 * {@link PublishResult#FAILED}, and {@link #health()} says why. Launch again to recover.
 *
 * <p>A disk that is nearly full stops nothing: commands are refused, {@link PublishResult#DISK_FULL} or, when they are in
 * the ring already, {@link OutcomeCodes#DISK_FULL}. What was decided before is journaled and answered, reading goes on,
 * and commands are taken again when there is space.
 */
public interface Engine extends AutoCloseable {
    /**
     * Opens the journal, replays it into the state machine, and starts the threads. Blocks for as long as the replay
     * takes.
     *
     * @param config where and how; not to be changed afterwards
     * @param machine in its empty state; belongs to the engine from now on
     * @return the running engine
     * @throws MissingJvmFlagsException if the JVM lacks a needed flag
     * @throws JournalLockedException if the directory is open for writing already
     * @throws JournalCorruptException if the journal is not as it was written
     * @throws io.millrace.journal.JournalException if the directory cannot be used, or retention has deleted events that
     *     the state must be rebuilt from
     * @throws ApplyFailedException if the state machine cannot apply an event of the journal
     * @throws IllegalArgumentException if the configured limits do not go together
     */
    static Engine launch(final EngineConfig config, final StateMachine machine) {
        return DisruptorEngine.launch(config, machine);
    }

    /**
     * A publisher for one client.
     *
     * @param clientId who its commands are from, 0 for anonymous
     * @param handler receives the outcomes of {@code offer} and {@code tryClaim}
     * @return a new publisher; there may be up to {@link EngineConfig#MAX_PUBLISHERS} in an engine's life
     */
    Publisher newPublisher(long clientId, OutcomeHandler handler);

    /**
     * An anonymous publisher whose outcomes of {@code offer} and {@code tryClaim} nobody wants.
     *
     * @return a new publisher
     */
    default Publisher newPublisher() {
        return newPublisher(0, outcome -> {});
    }

    /**
     * Asks the state a question between two commands. The writer waits meanwhile, so this is for tests and tools, not
     * for queries: those belong to projections.
     *
     * @param question reads the state machine and must not change it; its exception completes the future
     * @param <T> type of the answer
     * @return the answer; sees every command published before on the same thread; completes with
     *     {@link PublishException} when the question could not be put into the ring
     */
    <T> CompletableFuture<T> inspect(Function<StateMachine, T> question);

    /**
     * The hash of the state, taken by the writer between two commands: the first 8 bytes of the SHA-256 of what
     * {@link StateMachine#save} writes.
     *
     * @return the hash to come
     */
    CompletableFuture<Long> stateHash();

    /**
     * The journal, to read from. Must be neither appended to nor closed by the caller.
     *
     * @return the engine's journal
     */
    Journal journal();

    /**
     * A feed from the ring, for a reader that wants events nanoseconds after they were journaled.
     *
     * @return a feed that has not joined yet
     */
    RingFeed newRingFeed();

    /**
     * How many commands can be on their way, and so how far a feed can fall behind.
     *
     * @return ring slots
     */
    int ringSize();

    /**
     * How the engine is. Never blocks; any thread, in any state.
     *
     * @return a snapshot
     */
    Health health();

    /**
     * How many events were replayed at launch.
     *
     * @return the count
     */
    long recoveredEvents();

    /**
     * Stops taking commands, answers all that were published, forces the journal, and releases everything. Waits up to
     * {@link EngineConfig#closeTimeoutNs()} for the answers; past that the engine fails and answers the rest with
     * {@code FAILED} or {@code UNKNOWN}. Idempotent; a second caller waits for the first. An interrupt does not cut it
     * short.
     *
     * @throws EngineFailedException if the engine had failed or failed to drain; everything is released all the same, but
     *     for a journal in which an append or a force hangs: that stays open and locked, and a later call tries again
     * @throws IllegalStateException if called on a thread of the engine, as by an outcome handler
     */
    @Override
    void close();
}
