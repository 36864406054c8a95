package io.millrace.journal.internal;

/** Closes things on the way out, so that one failing close hides neither the first failure nor the rest. */
final class Closing {
    private Closing() {}

    /** Closes behind a failure; what goes wrong on the way is added to it. */
    static void quietly(final AutoCloseable resource, final Throwable failure) {
        if (resource != null) {
            try {
                resource.close();
            } catch (final Throwable e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** The first failure, if there is one, with the second added to it; else the second. */
    static <T extends Throwable> T first(final T first, final T second) {
        if (first == null) {
            return second;
        }
        first.addSuppressed(second);
        return first;
    }

    /** Closes all of them in that order. Returns the first failure with the others added to it, null if all is well. */
    static Throwable all(final AutoCloseable... resources) {
        Throwable failure = null;
        for (final AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (final Throwable e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        return failure;
    }
}
