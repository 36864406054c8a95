package io.millrace.engine;

/**
 * Receives the outcomes of one publisher's commands, each exactly once. Outcomes at {@code JOURNALED} arrive in the order
 * of publishing on the journaling thread; outcomes at {@code SYNCED} arrive in that order on the forcing thread, and may
 * be overtaken by those at {@code JOURNALED}. A handler must return quickly and not publish with waiting: it is the
 * engine's thread. What it throws is logged and counted, and changes nothing.
 */
@FunctionalInterface
public interface OutcomeHandler {
    /**
     * An outcome.
     *
     * @param outcome valid during the call only
     */
    void onOutcome(OutcomeView outcome);
}
