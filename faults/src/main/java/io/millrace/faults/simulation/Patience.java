package io.millrace.faults.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits by yielding, ten seconds at most: whatever takes longer hangs. */
final class Patience {
    static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

    private static final long REST_NS = TimeUnit.MICROSECONDS.toNanos(20);

    private Patience() {}

    static void until(final String what, final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > LIMIT_NS) {
                throw new SimulationFailure(SimulationFailure.Kind.HUNG, what + " must come within 10 s");
            }
            rest();
        }
    }

    /** Lets the threads of the engine get on: with several simulations at a time, a spinning one takes their processor. */
    static void rest() {
        LockSupport.parkNanos(REST_NS);
    }

    static <T> T get(final String what, final CompletableFuture<T> future) {
        try {
            return future.get(LIMIT_NS, TimeUnit.NANOSECONDS);
        } catch (final TimeoutException e) {
            throw new SimulationFailure(SimulationFailure.Kind.HUNG, what + " must come within 10 s", e);
        } catch (final ExecutionException e) {
            throw new SimulationFailure(SimulationFailure.Kind.WRONG, what + " must not fail", e.getCause());
        } catch (final InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }
}
