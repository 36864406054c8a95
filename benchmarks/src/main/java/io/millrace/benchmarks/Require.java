package io.millrace.benchmarks;

/** Stops a benchmark whose answer is wrong. */
final class Require {
    private Require() {}

    static void equal(final String what, final long required, final long found) {
        if (required != found) {
            throw new IllegalStateException(what + " must be " + required + ": " + found);
        }
    }
}
