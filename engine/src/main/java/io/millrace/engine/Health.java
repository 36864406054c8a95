package io.millrace.engine;

/**
 * How the engine is.
 *
 * @param state of its life
 * @param failure what stopped it, null unless the state is {@code FAILED}
 * @param diskFull whether commands are refused because the disk is nearly full; reading, questions to the state and
 *     projections go on, and commands are taken again when there is space
 * @param journaledSequence highest sequence in the page cache
 * @param syncedSequence highest sequence forced since the engine was launched
 * @param commandsInRing published and not yet answered
 * @param outcomeHandlerFailures how often an outcome handler threw
 */
public record Health(
        State state,
        Throwable failure,
        boolean diskFull,
        long journaledSequence,
        long syncedSequence,
        long commandsInRing,
        long outcomeHandlerFailures) {
    /** States of an engine's life. */
    public enum State {
        /** Takes commands, unless the disk is nearly full. */
        RUNNING,
        /** Answers what was published, takes nothing new. */
        CLOSING,
        /** All is answered and released. */
        CLOSED,
        /** Stopped by the first failure; only a new launch recovers. */
        FAILED
    }

    /**
     * Whether commands are taken.
     *
     * @return true while the state is {@code RUNNING} and the disk is not nearly full
     */
    public boolean healthy() {
        return state == State.RUNNING && !diskFull;
    }
}
