package io.millrace.journal;

/** Root of everything that the journal throws on purpose. */
public class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was required and what was found
     */
    public JournalException(final String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what was required and what was found
     * @param cause what went wrong beneath
     */
    public JournalException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
