package io.millrace.journal;

/** An append found no room on the disk. Nothing was written, and the journal is as healthy as before. */
public final class JournalDiskFullException extends JournalException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was required and what was found
     */
    public JournalDiskFullException(final String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what was required and what was found
     * @param cause what the file system said
     */
    public JournalDiskFullException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
