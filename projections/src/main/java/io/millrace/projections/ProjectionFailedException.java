package io.millrace.projections;

/** A projection has stopped: it threw on an event, or its events could not be read. */
public final class ProjectionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String projection;
    private final long sequence;

    /**
     * Creates the exception.
     *
     * @param projection its name
     * @param sequence the event that it stopped before
     * @param cause what stopped it
     */
    public ProjectionFailedException(final String projection, final long sequence, final Throwable cause) {
        super("projection has stopped: projection=" + projection + ", sequence=" + sequence + ": " + cause, cause);
        this.projection = projection;
        this.sequence = sequence;
    }

    /**
     * Which projection.
     *
     * @return its name
     */
    public String projection() {
        return projection;
    }

    /**
     * The event that it stopped before.
     *
     * @return the sequence
     */
    public long sequence() {
        return sequence;
    }
}
