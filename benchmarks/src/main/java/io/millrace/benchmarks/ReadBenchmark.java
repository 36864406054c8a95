package io.millrace.benchmarks;

import io.millrace.journal.EventView;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;
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

/** Reading forward: one operation is one event of 64 bytes, its commit checked, its amount added up. */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark extends ForkedBenchmark {
    private static final int EVENTS = 1 << 20;
    private static final int POLLED_COMMITS = 64;

    /** Commands in a commit. */
    @Param("64")
    public int batch;

    private final Adder adder = new Adder();
    private CounterJournal journal;
    private JournalReader reader;

    /** For JMH. */
    public ReadBenchmark() {}

    /**
     * Writes the journal.
     *
     * @throws IOException if there is no directory for it
     */
    @Setup(Level.Trial)
    public void write() throws IOException {
        journal = new CounterJournal(CounterTable.ACCOUNTS, batch);
        journal.append(EVENTS);
        reader = journal.journal().newReader(1);
    }

    /**
     * Reads the journal from its first event to its last, and compares.
     *
     * @return the sum of all amounts
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long read() {
        adder.events = 0;
        adder.sum = 0;
        reader.seek(1);
        while (reader.nextSequence() <= EVENTS) {
            reader.poll(adder, POLLED_COMMITS);
        }
        Require.equal("events read", EVENTS, adder.events);
        Require.equal("sum read", journal.sequence().sum(), adder.sum);
        return adder.sum;
    }

    /** Removes the journal. */
    @TearDown(Level.Trial)
    public void close() {
        reader.close();
        journal.close();
    }

    private static final class Adder implements JournalHandler {
        private long events;
        private long sum;

        @Override
        public void onEvent(final EventView event) {
            events++;
            sum += CounterTable.amount(event.buffer(), event.offset());
        }
    }
}
