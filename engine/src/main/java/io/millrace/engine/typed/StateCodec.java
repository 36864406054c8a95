package io.millrace.engine.typed;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Writes a whole state and reads it back. Called by the writer; needs not be thread-safe.
 *
 * @param <S> the state
 */
public interface StateCodec<S> {
    /**
     * Writes a state. Equal states must give equal bytes, whatever way they came about: the state hash is taken of them.
     *
     * @param state to write
     * @param out to write to
     * @throws IOException from the output
     */
    void save(S state, DataOutput out) throws IOException;

    /**
     * Reads what {@link #save} wrote, and not a byte more.
     *
     * @param in to read from
     * @return the state
     * @throws IOException from the input, or if it holds something that {@code save} did not write
     */
    S load(DataInput in) throws IOException;

    /**
     * CBOR by Jackson. Fields are written in the order of their names, maps in the order of their keys, hash sets in the
     * order of their elements; keys and elements must be comparable. So a map or set that hashes, or keeps the order of
     * insertion, may come back in another order: what the state machine does must not depend on it.
     *
     * @param type a record or plain class of its own; not generic, because its type arguments would be lost
     * @param <S> the state
     * @return a codec
     * @throws TypeRegistrationException if the class is generic or Jackson cannot write or make it
     */
    static <S> StateCodec<S> cbor(final Class<S> type) {
        return new CborStateCodec<>(type);
    }
}
