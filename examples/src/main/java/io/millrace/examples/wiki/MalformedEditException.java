package io.millrace.examples.wiki;

import java.io.IOException;

/** A line of a file of edits is no edit. */
public final class MalformedEditException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    /**
     * Creates the exception.
     *
     * @param line number of the line, from 1
     * @param message what was required and what was found
     * @param cause what the parser said, or null
     */
    public MalformedEditException(final long line, final String message, final Throwable cause) {
        super("line " + line + ": " + message, cause);
        this.line = line;
    }

    /**
     * Which line.
     *
     * @return its number, from 1
     */
    public long line() {
        return line;
    }
}
