package io.millrace.faults.planted;

import java.nio.file.Path;

/** Something that must hold, looked at in little time. Whatever it throws means that it does not hold. */
interface Check {
    /** The layer that the check is of, or its own name. */
    String name();

    /**
     * Looks.
     *
     * @param scratch a directory for it alone
     * @param progress to be told of each run that passed
     */
    void run(Path scratch, Progress progress) throws Exception;

    /** Counts runs; who does not hear of one for long calls the check hung. */
    interface Progress {
        /** Another run has passed. */
        void passed();

        /** A run goes on. */
        void beat();
    }

    /** That something does not hold. */
    final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(final String message) {
            super(message);
        }
    }

    /** Throws unless it is so. */
    static void require(final boolean condition, final String message, final Object... arguments) {
        if (!condition) {
            throw new Broken(String.format(message, arguments));
        }
    }
}
