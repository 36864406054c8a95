package io.millrace.tools.internal.demo;

import java.util.SortedMap;

/**
 * All that must be the same after recovery.
 *
 * @param lastSequence in the journal
 * @param stateHash of the state machine
 * @param readModels name to SHA-256 of the content
 */
record Fingerprint(long lastSequence, long stateHash, SortedMap<String, String> readModels) {
    boolean sameState(final Fingerprint other) {
        return lastSequence == other.lastSequence && stateHash == other.stateHash;
    }

    boolean sameReadModels(final Fingerprint other) {
        return readModels.equals(other.readModels);
    }
}
