package io.millrace.tools.internal.console;

/** Something that the user can put right, or must know; its message is all that is printed. */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was required and what was found. */
    public ToolException(final String message) {
        super(message);
    }

    /** With what was required and what was found, and what lies beneath. */
    public ToolException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
