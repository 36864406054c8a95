package io.millrace.engine;

/** A command was not published, so it has no effect. Completes the future of {@link Publisher#submit}. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long result;

    /**
     * Creates the exception.
     *
     * @param result one of {@link PublishResult}
     */
    public PublishException(final long result) {
        this(result, "");
    }

    /**
     * Creates the exception.
     *
     * @param result one of {@link PublishResult}
     * @param detail what was found and what to do; empty when the result says it all
     */
    public PublishException(final long result, final String detail) {
        super(
                "command must be published: " + PublishResult.name(result) + (detail.isEmpty() ? "" : ", " + detail),
                null,
                false,
                false);
        this.result = result;
    }

    /**
     * Why it was not published.
     *
     * @return one of {@link PublishResult}
     */
    public long result() {
        return result;
    }
}
