package io.millrace.engine;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits for what must come, with a bound that only a broken engine reaches. A disk whose host holds it back has kept a force
 * waiting for more than ten seconds, and a virtual machine may be stopped as a whole: the bound is far beyond the first, and
 * time in which this thread did not run counts for little.
 */
public final class Eventually {
    public static final long PATIENCE_SECONDS = 180;

    private static final long PAUSE_NS = 50_000;
    private static final long LONGEST_COUNTED_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private Eventually() {}

    public static void until(final String what, final Callable<Boolean> condition) throws Exception {
        until(() -> what, condition);
    }

    /** Says what did not come as it is when the patience ends, and what all threads do then. */
    public static void until(final Supplier<String> what, final Callable<Boolean> condition) throws Exception {
        long waitedNs = 0;
        long longestNs = 0;
        long lookedNs = System.nanoTime();
        while (!condition.call()) {
            if (waitedNs > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new AssertionError("must have come within " + PATIENCE_SECONDS + " s: " + what.get()
                        + ", longest time between two looks: " + TimeUnit.NANOSECONDS.toMillis(longestNs) + " ms"
                        + threads());
            }
            LockSupport.parkNanos(PAUSE_NS);
            final long sinceLookNs = System.nanoTime() - lookedNs;
            lookedNs += sinceLookNs;
            longestNs = Math.max(longestNs, sinceLookNs);
            waitedNs += Math.min(sinceLookNs, LONGEST_COUNTED_NS);
        }
    }

    private static String threads() {
        final StringBuilder text = new StringBuilder();
        for (final Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            text.append("\n\n").append(entry.getKey());
            for (final StackTraceElement frame : entry.getValue()) {
                text.append("\n    at ").append(frame);
            }
        }
        return text.toString();
    }
}
