package io.millrace.engine;

import io.millrace.journal.Durability;
import java.util.Arrays;

/**
 * What became of a command.
 *
 * @param clientId who sent it
 * @param requestId the client's number for it
 * @param status what became of it
 * @param code of the state machine or of {@link OutcomeCodes}
 * @param firstSequence of its first event, 0 when there are none
 * @param lastSequence of its last event, 0 when there are none
 * @param level reached, null when the status is {@code FAILED} or {@code UNKNOWN}
 * @param result payload, empty when there is none; not to be modified
 */
public record Outcome(
        long clientId,
        long requestId,
        OutcomeStatus status,
        int code,
        long firstSequence,
        long lastSequence,
        Durability level,
        byte[] result) {
    /**
     * Whether the command was accepted.
     *
     * @return true if it was
     */
    public boolean accepted() {
        return status == OutcomeStatus.ACCEPTED;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Outcome that
                && clientId == that.clientId
                && requestId == that.requestId
                && status == that.status
                && code == that.code
                && firstSequence == that.firstSequence
                && lastSequence == that.lastSequence
                && level == that.level
                && Arrays.equals(result, that.result);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(clientId) * 31 * 31 + Long.hashCode(requestId) * 31 + Long.hashCode(firstSequence);
    }
}
