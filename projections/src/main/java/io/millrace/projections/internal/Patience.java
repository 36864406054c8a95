package io.millrace.projections.internal;

/** Whether the work at hand may go on. */
@FunctionalInterface
interface Patience {
    /**
     * Called before each command with events and while waiting. Cheap.
     *
     * @throws Signal if not
     */
    void check();
}
