package io.millrace.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The journal alone: one operation is one command with one event of 64 bytes, encoded and appended. Each invocation is
 * a million of them, and 128 to 256 MiB of journal.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class AppendBenchmark extends ForkedBenchmark {
    private static final int EVENTS = 1 << 20;

    /** Commands in a commit. */
    @Param({"1", "16", "256"})
    public int batch;

    private CounterJournal journal;

    /** For JMH. */
    public AppendBenchmark() {}

    /**
     * Opens an empty journal.
     *
     * @throws IOException if there is no directory for it
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        journal = new CounterJournal(CounterTable.ACCOUNTS, batch);
    }

    /**
     * Appends.
     *
     * @param heap to count in
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void append(final HeapUse heap) {
        heap.begin();
        journal.append(EVENTS);
        heap.end(EVENTS);
    }

    /** Reads what was appended and compares. */
    @TearDown(Level.Iteration)
    public void check() {
        journal.check();
    }

    /** Removes the journal. */
    @TearDown(Level.Trial)
    public void close() {
        journal.close();
    }
}
