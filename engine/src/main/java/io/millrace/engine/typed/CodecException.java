package io.millrace.engine.typed;

/** A value could not be turned into bytes, or bytes not into a value. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was required and what was found
     * @param cause what the codec threw, or null
     */
    public CodecException(final String message, final Throwable cause) {
        super(cause == null ? message : message + ": " + cause, cause);
    }
}
