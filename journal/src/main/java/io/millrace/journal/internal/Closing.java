package io.millrace.journal.internal;

/** Closes things on the way out of a failure, so that one failing close hides neither the failure nor the rest. */
final class Closing {
    private Closing() {}

    static void quietly(final AutoCloseable resource, final Throwable failure) {
        if (resource != null) {
            try {
                resource.close();
            } catch (final Exception e) {
                failure.addSuppressed(e);
            }
        }
    }
}
