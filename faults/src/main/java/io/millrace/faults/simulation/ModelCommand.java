package io.millrace.faults.simulation;

import io.millrace.journal.Durability;
import java.util.List;

/**
 * A command as it must be in the journal.
 *
 * @param request what was sent
 * @param accepted whether it was accepted
 * @param code of its outcome
 * @param result payload, empty when there is none
 * @param timestampNs of its decision
 * @param firstSequence of its first event, or of the next event to come
 * @param events of it
 */
record ModelCommand(
        Request request,
        boolean accepted,
        int code,
        byte[] result,
        long timestampNs,
        long firstSequence,
        List<ModelEvent> events) {
    /**
     * What a client sends.
     *
     * @param clientId who
     * @param requestId unique within a simulation, growing
     * @param kind of command
     * @param durability asked for
     * @param payload not to be modified
     */
    record Request(long clientId, long requestId, CommandKind kind, Durability durability, byte[] payload) {
        @Override
        public String toString() {
            return kind + "#" + requestId + (durability == Durability.SYNCED ? "s" : "") + "/" + payload.length;
        }
    }

    long lastSequence() {
        return firstSequence + events.size() - 1;
    }

    @Override
    public String toString() {
        return request + (accepted ? " accepted " : " rejected ") + code + ", firstSequence=" + firstSequence
                + ", events=" + events.size() + ", timestampNs=" + timestampNs;
    }
}
