package io.millrace.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The device: one operation is one command of one event appended, and forced. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForceBenchmark extends ForkedBenchmark {
    private CounterJournal journal;

    /** For JMH. */
    public ForceBenchmark() {}

    /**
     * Opens an empty journal.
     *
     * @throws IOException if there is no directory for it
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        journal = new CounterJournal(CounterTable.ACCOUNTS, 1);
    }

    /**
     * Appends and forces.
     *
     * @return the synced sequence
     */
    @Benchmark
    public long force() {
        journal.append();
        final long synced = journal.journal().force();
        Require.equal("synced sequence", journal.sequence().count(), synced);
        return synced;
    }

    /** Reads what was appended and compares, and removes the journal. */
    @TearDown(Level.Trial)
    public void close() {
        try (CounterJournal closing = journal) {
            closing.check();
        }
    }
}
