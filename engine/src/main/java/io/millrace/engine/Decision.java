package io.millrace.engine;

import io.millrace.journal.InvalidRecordException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What {@link StateMachine#decide} decides: events, an optional result payload, and a verdict. A decision that is
 * touched by nothing is an acceptance with code 0 and no events. Valid during the call only. Never allocates.
 */
public interface Decision {
    /**
     * Emits an event, copying its payload.
     *
     * @param typeId 1 to 65535, one of the configured event types
     * @param schemaVersion of the payload, 0 to 65535
     * @param streamId of the stream that the event belongs to
     * @param payload to copy from
     * @param offset in the payload buffer
     * @param length in bytes, at least 1
     * @throws InvalidRecordException if a value is out of range or the events of the command grow too long; the command
     *     is then rejected even if the exception is caught
     */
    void emit(int typeId, int schemaVersion, long streamId, DirectBuffer payload, int offset, int length);

    /**
     * Emits an event without a copy: returns where its payload goes in {@link #buffer()}. Exactly {@code length} bytes
     * must be written there before the next call on this decision.
     *
     * @param typeId 1 to 65535, one of the configured event types
     * @param schemaVersion of the payload, 0 to 65535
     * @param streamId of the stream that the event belongs to
     * @param length in bytes, at least 1
     * @return offset of the payload in {@link #buffer()}
     * @throws InvalidRecordException as {@link #emit}
     */
    int claim(int typeId, int schemaVersion, long streamId, int length);

    /**
     * The buffer for claimed payloads.
     *
     * @return the buffer; valid until {@code decide} returns
     */
    MutableDirectBuffer buffer();

    /**
     * Sets the result payload, which the caller gets with the outcome, now and when the request is repeated. Kept for
     * accepted and for rejected commands.
     *
     * @param payload to copy from
     * @param offset in the payload buffer
     * @param length in bytes, 0 to {@code maxResultBytes}
     * @throws InvalidRecordException if it is too long; the command is then rejected even if the exception is caught
     */
    void result(DirectBuffer payload, int offset, int length);

    /**
     * Accepts with a code of the user's choice.
     *
     * @param code 0 to {@link OutcomeCodes#MAX_USER_CODE}
     */
    void accept(int code);

    /**
     * Rejects: emitted events are dropped. The last verdict counts.
     *
     * @param code of the user's choice, 1 to {@link OutcomeCodes#MAX_USER_CODE}
     */
    void reject(int code);
}
