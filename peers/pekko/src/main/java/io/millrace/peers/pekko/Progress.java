package io.millrace.peers.pekko;

import io.millrace.contest.Books;
import io.millrace.contest.Turnovers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What the actors tell the producing thread, which is none: how many commands have been answered, how many events have been
 * counted. Each field is written by one actor only.
 */
final class Progress {
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private volatile boolean recovered;
    private volatile long accepted;
    private volatile long answered;
    private volatile long counted;
    private volatile Books books;
    private volatile Turnovers turnovers;
    private volatile Throwable failure;

    void recovered(final Books state) {
        books = state;
        recovered = true;
    }

    void readModel(final Turnovers model) {
        turnovers = model;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void accepted() {
        accepted++;
        answered++;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void rejected() {
        answered++;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void counted() {
        counted++;
    }

    void failed(final Throwable cause) {
        failure = cause;
    }

    boolean isRecovered() {
        return recovered;
    }

    long acceptedCommands() {
        return accepted;
    }

    long answeredCommands() {
        return answered;
    }

    long countedEvents() {
        return counted;
    }

    /** To be called when all commands have been answered. */
    long stateHash() {
        return books.hash();
    }

    /** To be called when all events have been counted. */
    long readModelHash() {
        return turnovers.hash();
    }

    /** Waits as long as something goes on. */
    void await(final BooleanSupplier done) throws TimeoutException {
        long seen = answered + counted;
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!done.getAsBoolean()) {
            if (failure != null) {
                throw new IllegalStateException("an actor failed", failure);
            }
            if (answered + counted != seen) {
                seen = answered + counted;
                deadlineNs = System.nanoTime() + TIMEOUT_NS;
            } else if (System.nanoTime() - deadlineNs > 0) {
                throw new TimeoutException(
                        "nothing went on for " + TIMEOUT_NS + " ns: answered=" + answered + ", counted=" + counted);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
