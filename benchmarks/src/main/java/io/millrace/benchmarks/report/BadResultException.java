package io.millrace.benchmarks.report;

/** A result file that is not what it should be; the message says where and what is needed there. */
final class BadResultException extends Exception {
    private static final long serialVersionUID = 1L;

    BadResultException(final String message) {
        super(message);
    }
}
