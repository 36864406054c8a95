package io.millrace.engine.internal;

/** Ends a stage's work in the middle because the engine has failed elsewhere. Never leaves the stage. */
final class StageStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StageStoppedException() {
        super("the engine has failed", null, false, false);
    }
}
