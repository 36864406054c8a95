package io.millrace.journal;

/** A record breaks a rule of the format or a configured limit. Nothing of it was written. */
public final class InvalidRecordException extends JournalException {
    private static final long serialVersionUID = 1L;

    /** The rule that was broken. */
    public enum Reason {
        /** A payload, a result, a command's events or a commit is longer than the configured limit. */
        TOO_LARGE,
        /** An event payload has no bytes. */
        EMPTY_PAYLOAD,
        /** The type id is outside 1 to 65535, or is not one of the configured types. */
        UNKNOWN_TYPE,
        /** A length, offset, version or count is outside its range. */
        BAD_LENGTH
    }

    private final Reason reason;

    /**
     * Creates the exception.
     *
     * @param reason the rule that was broken
     * @param message what was required and what was found
     */
    public InvalidRecordException(final Reason reason, final String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * The rule that was broken.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
