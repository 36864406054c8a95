package io.millrace.projections;

/** The event that was waited for will not be applied, because the projection has been closed before it. */
public final class ProjectionsClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param projection its name
     * @param awaited the sequence that was waited for
     * @param appliedSequence the last event that was applied
     */
    public ProjectionsClosedException(final String projection, final long awaited, final long appliedSequence) {
        super("projection must be open to be waited for: projection=" + projection + ", awaited=" + awaited
                + ", appliedSequence=" + appliedSequence);
    }
}
