package io.millrace.engine;

/** The engine could not be launched, or has stopped, because the state no longer is that of the journal. */
public class EngineFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was required and what was found
     * @param cause what went wrong beneath, or null
     */
    public EngineFailedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
