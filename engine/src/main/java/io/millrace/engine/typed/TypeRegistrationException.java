package io.millrace.engine.typed;

/** Types or functions of a domain do not fit together; thrown while they are put together, never later. */
public final class TypeRegistrationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was required, what was found and what to add or change
     */
    public TypeRegistrationException(final String message) {
        super(message);
    }
}
