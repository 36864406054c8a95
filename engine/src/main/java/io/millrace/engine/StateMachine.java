package io.millrace.engine;

import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The user's deterministic core. All four methods are called by one thread at a time, the writer; the state needs no
 * locks and no volatile fields. Given the same events in the same order, the state must become the same, to the bit of
 * what {@link #save} writes: no clock, no randomness, no I/O, no iteration over hash order that reaches the state.
 */
public interface StateMachine {
    /**
     * Reads the state and a command, and emits events or rejects. Never changes the state. If it throws, the command is
     * rejected with {@link OutcomeCodes#DECIDE_FAILED}, its events and result are dropped, and the engine goes on; an
     * error of the virtual machine other than a stack overflow stops the engine.
     *
     * @param command valid during the call only
     * @param decision where events, a result and the verdict go; valid during the call only
     */
    void decide(Command command, Decision decision);

    /**
     * Changes the state by an event. The only method that does, live and in replay. Must not throw: an exception means
     * that the state is no longer that of the journal, and stops the engine at that sequence.
     *
     * @param event valid during the call only
     */
    void apply(EventView event);

    /**
     * Reads the memory that deciding and applying these commands will need. Optional, for state that is larger than the
     * cache: a look-up then waits for memory, and look-ups of many commands in a row wait together, if the processor gets to
     * the next ones meanwhile. So first take the keys out of all commands into an array, then look them up in a loop that
     * does nothing else. Purely for speed: commands in between may still change what was read, so nothing may be concluded from it.
     * Must not change the state. What it throws is logged and changes nothing, but for an error of the virtual machine
     * other than a stack overflow, which stops the engine.
     *
     * @param commands in the order in which they will be decided
     * @param streams to be told the streams that they will probably emit to
     */
    default void prefetch(final CommandBatch commands, final StreamPrefetch streams) {}

    /**
     * Reads the memory that applying these events will need: the same for replay.
     *
     * @param events in the order in which they will be applied
     */
    default void prefetch(final EventBatch events) {}

    /**
     * Writes the whole state, in an order that depends on nothing but the state. Its bytes are what
     * {@linkplain Engine#stateHash() the state hash} is taken of.
     *
     * @param out to write to
     * @throws IOException from the output
     */
    void save(DataOutput out) throws IOException;

    /**
     * Replaces the whole state by what {@link #save} wrote.
     *
     * @param in to read from
     * @throws IOException from the input, or if it holds something that {@code save} did not write
     */
    void load(DataInput in) throws IOException;
}
