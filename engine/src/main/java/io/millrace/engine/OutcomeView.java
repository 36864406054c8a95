package io.millrace.engine;

import io.millrace.journal.Durability;
import org.agrona.DirectBuffer;

/** An outcome as {@link OutcomeHandler} sees it. A flyweight, valid during the call only. */
public interface OutcomeView {
    /**
     * Who sent the command.
     *
     * @return the publisher's client id
     */
    long clientId();

    /**
     * The client's number for the command.
     *
     * @return as given to the publisher
     */
    long requestId();

    /**
     * What became of it.
     *
     * @return the status
     */
    OutcomeStatus status();

    /**
     * Code of the state machine, or of {@link OutcomeCodes}.
     *
     * @return 0 to 65535; 0 when the status is {@code FAILED} or {@code UNKNOWN}
     */
    int code();

    /**
     * Sequence of the first event.
     *
     * @return the sequence, 0 when there are no events
     */
    long firstSequence();

    /**
     * Sequence of the last event.
     *
     * @return the sequence, 0 when there are no events
     */
    long lastSequence();

    /**
     * The level reached. A rejection carries the level of everything it was decided upon, or, when it was not decided,
     * of everything published before it.
     *
     * @return the level, null when the status is {@code FAILED} or {@code UNKNOWN}
     */
    Durability level();

    /**
     * The buffer that holds the result payload.
     *
     * @return the buffer; read it only from {@link #resultOffset()} for {@link #resultLength()} bytes
     */
    DirectBuffer result();

    /**
     * Where the result payload starts.
     *
     * @return offset in {@link #result()}
     */
    int resultOffset();

    /**
     * Length of the result payload.
     *
     * @return bytes, 0 when there is none
     */
    int resultLength();

    /**
     * Copies this outcome so that it outlives the call. Allocates.
     *
     * @return an immutable copy
     */
    default Outcome copy() {
        final byte[] bytes = new byte[resultLength()];
        if (bytes.length > 0) {
            result().getBytes(resultOffset(), bytes);
        }
        return new Outcome(clientId(), requestId(), status(), code(), firstSequence(), lastSequence(), level(), bytes);
    }
}
