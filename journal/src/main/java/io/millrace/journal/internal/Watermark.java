package io.millrace.journal.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A sequence that one thread raises and others read, alone on its cache lines. */
final class Watermark {
    private static final int PADDING = 16;
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] slots = new long[PADDING + 1 + PADDING];

    /** Pairs with {@link #setRelease}: what was done before the store is seen after this load. */
    long getAcquire() {
        return (long) SLOTS.getAcquire(slots, PADDING);
    }

    void setRelease(final long sequence) {
        SLOTS.setRelease(slots, PADDING, sequence);
    }
}
