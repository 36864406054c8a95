package io.millrace.journal;

/**
 * There is no space for a commit. Nothing was written, nothing was lost, and the journal is as healthy as before: the
 * same append, of the very same records, is to be tried again when {@link Journal#isDiskFull()} says that there is space:
 * the encoder has given them their sequences.
 */
public final class JournalDiskFullException extends JournalException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was required and what was found
     * @param cause what the file system said, null if it was not asked
     */
    public JournalDiskFullException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
