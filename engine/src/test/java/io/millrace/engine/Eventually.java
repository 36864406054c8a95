package io.millrace.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what must come, with a bound that only a broken engine reaches. */
public final class Eventually {
    public static final long PATIENCE_SECONDS = 30;

    private Eventually() {}

    public static void until(final String what, final Callable<Boolean> condition) throws Exception {
        until(() -> what, condition);
    }

    /** Says what did not come as it is when the patience ends. */
    public static void until(final Supplier<String> what, final Callable<Boolean> condition) throws Exception {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.call()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("must have come within " + PATIENCE_SECONDS + " s: " + what.get());
            }
            LockSupport.parkNanos(50_000);
        }
    }
}
