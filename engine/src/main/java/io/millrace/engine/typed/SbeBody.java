package io.millrace.engine.typed;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A pair of SBE flyweights of one message, for one thread. {@link SbeCodec} makes one per thread, so the flyweights are
 * plain fields.
 *
 * @param <T> class of the values
 */
public interface SbeBody<T> {
    /**
     * Writes the message behind its header: {@code encoder.wrap(buffer, offset)...encodedLength()}.
     *
     * @param value to write
     * @param buffer to write into; grows when it is written past its end
     * @param offset of the root block
     * @return length of the message without its header, in bytes
     */
    int encode(T value, MutableDirectBuffer buffer, int offset);

    /**
     * Reads the message behind its header: {@code decoder.wrap(buffer, offset, actingBlockLength, actingVersion)...}.
     *
     * @param buffer to read from; valid during the call only
     * @param offset of the root block
     * @param actingBlockLength of the message, from its header
     * @param actingVersion of the message, from its header
     * @return the value
     */
    T decode(DirectBuffer buffer, int offset, int actingBlockLength, int actingVersion);
}
