package io.millrace.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Counts what all threads allocate between the first and the last command of an invocation. JMH's own {@code gc}
 * profiler looks from before an iteration's set-up to behind the trial's tear-down: its last iteration includes the
 * closing of the engine, and before Java 21 lacks what the engine's threads have allocated, because they are gone by
 * then. Both numbers are sums over the measured iterations; their quotient is the bytes per operation.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class HeapUse {
    /** Bytes allocated on the heap by all threads. */
    public long heapBytes;

    /** Operations counted. */
    public long heapOperations;

    private Usage before;

    /** For JMH. */
    public HeapUse() {}

    /** Forgets the iteration before. */
    @Setup(Level.Iteration)
    public void reset() {
        heapBytes = 0;
        heapOperations = 0;
    }

    void begin() {
        before = Usage.now();
    }

    void end(final long operations) {
        heapBytes += Usage.now().since(before).allocatedBytes();
        heapOperations += operations;
    }
}
