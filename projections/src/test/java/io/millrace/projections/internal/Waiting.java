package io.millrace.projections.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come; the limit is there to fail instead of hanging. */
final class Waiting {
    static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NS = 100_000;

    private Waiting() {}

    static void until(final String what, final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > LIMIT_NS) {
                throw new AssertionError("must have come: " + what);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    static void on(final CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT_NS, TimeUnit.NANOSECONDS)) {
                throw new AssertionError("must have been released");
            }
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
