package io.millrace.engine;

import org.agrona.DirectBuffer;

/** A command as {@link StateMachine#decide} sees it. A flyweight over a ring slot, valid during the call only. */
public interface Command {
    /**
     * The number that tells what the payload is.
     *
     * @return as given to the publisher
     */
    int typeId();

    /**
     * Who sent it.
     *
     * @return the publisher's client id, 0 for anonymous
     */
    long clientId();

    /**
     * The client's number for it.
     *
     * @return as given to the publisher
     */
    long requestId();

    /**
     * The time of this decision, the only time a state machine may use; its events carry it.
     *
     * @return nanoseconds since 1970-01-01T00:00Z; never decreases
     */
    long timestampNs();

    /**
     * The sequence that the first emitted event will get.
     *
     * @return the sequence
     */
    long nextSequence();

    /**
     * The buffer that holds the payload.
     *
     * @return the buffer; read it only from {@link #offset()} for {@link #length()} bytes
     */
    DirectBuffer buffer();

    /**
     * Where the payload starts.
     *
     * @return offset in {@link #buffer()}
     */
    int offset();

    /**
     * Length of the payload.
     *
     * @return bytes, may be 0
     */
    int length();
}
