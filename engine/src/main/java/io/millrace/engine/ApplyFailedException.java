package io.millrace.engine;

/** {@link StateMachine#apply} threw. The state is poisoned; the engine has stopped at that event. */
public final class ApplyFailedException extends EngineFailedException {
    private static final long serialVersionUID = 1L;

    private final long sequence;

    /**
     * Creates the exception.
     *
     * @param sequence of the event
     * @param event in words
     * @param cause what {@code apply} threw
     */
    public ApplyFailedException(final long sequence, final String event, final Throwable cause) {
        super("apply must not throw: sequence=" + sequence + ", event=" + event + ": " + cause, cause);
        this.sequence = sequence;
    }

    /**
     * The event that could not be applied.
     *
     * @return its sequence
     */
    public long sequence() {
        return sequence;
    }
}
