package io.millrace.engine;

/** What became of a command. */
public enum OutcomeStatus {
    /** Decided; its events are in the journal at the level that the outcome names. */
    ACCEPTED,
    /** Refused by the state machine, or by the engine with a code of {@link OutcomeCodes}; it has no events. */
    REJECTED,
    /** The engine stopped before the command was decided: it has no effect, now or after a restart. */
    FAILED,
    /** The engine stopped when the command was on its way to the asked level; it may or may not be there after a restart. */
    UNKNOWN
}
