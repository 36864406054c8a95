package io.millrace.engine.typed;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Turns values of one class into bytes and back. Used by many threads at once, so it must be thread-safe; scratch
 * belongs into a {@link ThreadLocal}. A value that was decoded must not hold on to the buffer, and must be the same
 * whenever it is decoded from the same bytes: no clock, no randomness.
 *
 * @param <T> class of the values
 * @see CborCodec
 * @see SbeCodec
 */
public interface Codec<T> {
    /**
     * Writes a value in the current version of its schema.
     *
     * @param value to write
     * @param buffer to write into; grows when it is written past its end
     * @param offset of the first byte
     * @return number of bytes written, at least 1
     */
    int encode(T value, MutableDirectBuffer buffer, int offset);

    /**
     * Reads a value.
     *
     * @param buffer to read from; valid during the call only
     * @param offset of the first byte
     * @param length in bytes, at least 1
     * @param schemaVersion that the value was written in, 0 to the version that the class is registered with
     * @return the value, never null
     */
    T decode(DirectBuffer buffer, int offset, int length, int schemaVersion);
}
