package io.millrace.engine.typed;

/** A class or a type id is not registered in its {@link Types}. */
public final class UnregisteredTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was found and what to add
     */
    public UnregisteredTypeException(final String message) {
        super(message);
    }
}
