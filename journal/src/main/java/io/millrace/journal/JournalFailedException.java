package io.millrace.journal;

/**
 * The journal is poisoned: a write, a force or a mapping has failed, or it was closed. It accepts nothing any more, and
 * nothing that was not acknowledged before may be believed. Open it again to recover.
 */
public final class JournalFailedException extends JournalException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed
     * @param cause the first failure
     */
    public JournalFailedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
