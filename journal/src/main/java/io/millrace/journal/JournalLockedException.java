package io.millrace.journal;

import java.nio.file.Path;

/** The journal directory is open for writing already. */
public final class JournalLockedException extends JournalException {
    private static final long serialVersionUID = 1L;

    private final long holderPid;

    /**
     * Creates the exception.
     *
     * @param directory of the journal
     * @param holderPid process that holds the lock, -1 if it could not be read
     */
    public JournalLockedException(final Path directory, final long holderPid) {
        super("journal directory must have a single writer: directory=" + directory + " is held by PID " + holderPid
                + "; stop that process, or open another directory");
        this.holderPid = holderPid;
    }

    /**
     * The process that holds the lock.
     *
     * @return its PID, -1 if it could not be read
     */
    public long holderPid() {
        return holderPid;
    }
}
