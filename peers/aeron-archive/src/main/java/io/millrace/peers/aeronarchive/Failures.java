package io.millrace.peers.aeronarchive;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;

/** Keeps the first failure of any of the threads, and throws it to the one that waits for them. */
final class Failures implements ErrorHandler {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private final AtomicReference<Throwable> first = new AtomicReference<>();

    @Override
    public void onError(final Throwable cause) {
        first.compareAndSet(null, cause);
    }

    void rethrow() {
        final Throwable cause = first.get();
        if (cause != null) {
            throw new IllegalStateException("a thread failed", cause);
        }
    }

    /** Waits as long as the count of what has been done goes up. */
    void await(final BooleanSupplier done, final LongSupplier count, final IdleStrategy idle) throws TimeoutException {
        long seen = count.getAsLong();
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!done.getAsBoolean()) {
            rethrow();
            if (count.getAsLong() != seen) {
                seen = count.getAsLong();
                deadlineNs = System.nanoTime() + TIMEOUT_NS;
            } else if (System.nanoTime() - deadlineNs > 0) {
                throw new TimeoutException("nothing went on for " + TIMEOUT_NS + " ns: count=" + seen);
            }
            idle.idle();
        }
        idle.reset();
        rethrow();
    }
}
