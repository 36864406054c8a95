package io.millrace.journal.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How far the journal is written, all that a watermark needs to know of it, handed from the appending thread to a forcing
 * one: a sequence lock. The version is odd while the fields change; a reader that met a change reads again. The fences
 * keep the fields between the two stores, and between the two loads, of the version. One thread writes, one at a time
 * reads.
 */
final class ForcePoint {
    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(ForcePoint.class, "version", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long version;
    private long sequence;
    private long chain;
    private int cycle = -1;
    private long endOffset;

    // The reader's copy.
    private long readSequence;
    private long readChain;
    private int readCycle;
    private long readEndOffset;

    /** On the appending thread. */
    void publish(final long newSequence, final long newChain, final int newCycle, final long newEndOffset) {
        final long before = version;
        VERSION.setOpaque(this, before + 1);
        VarHandle.storeStoreFence();
        sequence = newSequence;
        chain = newChain;
        cycle = newCycle;
        endOffset = newEndOffset;
        VERSION.setRelease(this, before + 2);
    }

    /** Takes a copy, which the getters show. On the forcing thread. */
    void read() {
        long before;
        do {
            before = (long) VERSION.getAcquire(this);
            readSequence = sequence;
            readChain = chain;
            readCycle = cycle;
            readEndOffset = endOffset;
            VarHandle.loadLoadFence();
        } while ((before & 1) != 0 || before != (long) VERSION.getOpaque(this));
    }

    long sequence() {
        return readSequence;
    }

    long chain() {
        return readChain;
    }

    int cycle() {
        return readCycle;
    }

    long endOffset() {
        return readEndOffset;
    }
}
