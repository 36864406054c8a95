package io.millrace.faults.simulation;

/** What a simulation found. */
public final class SimulationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** Something acknowledged is not there. */
        LOST,
        /** Something is there that must not be, or is not as it was written, and nobody said so. */
        SILENT,
        /** Something did not come within its time. */
        HUNG,
        /** Refused, or failed, although all was well, or with an error that says too little. */
        WRONG
    }

    private final Kind kind;

    SimulationFailure(final Kind kind, final String message) {
        super(message);
        this.kind = kind;
    }

    SimulationFailure(final Kind kind, final String message, final Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    static SimulationFailure silent(final String message) {
        return new SimulationFailure(Kind.SILENT, message);
    }

    static SimulationFailure lost(final String message) {
        return new SimulationFailure(Kind.LOST, message);
    }

    static SimulationFailure wrong(final String message) {
        return new SimulationFailure(Kind.WRONG, message);
    }

    static void require(final boolean condition, final String message, final Object... arguments) {
        if (!condition) {
            throw silent(String.format(message, arguments));
        }
    }
}
