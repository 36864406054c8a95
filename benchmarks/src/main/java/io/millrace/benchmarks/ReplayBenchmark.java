package io.millrace.benchmarks;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
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
 * Launching on a journal that exists, in the page cache: one operation is one event of 64 bytes verified and applied.
 * Includes all else that a launch does, starting threads for one.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class ReplayBenchmark extends ForkedBenchmark {
    private static final int EVENTS = 1 << 21;

    /** Commands in a commit. */
    @Param("64")
    public int batch;

    private CounterJournal journal;
    private CounterMachine machine;
    private Engine engine;

    /** For JMH. */
    public ReplayBenchmark() {}

    /**
     * Writes the journal.
     *
     * @throws IOException if there is no directory for it
     */
    @Setup(Level.Trial)
    public void write() throws IOException {
        journal = new CounterJournal(CounterTable.ACCOUNTS, batch);
        journal.append(EVENTS);
        journal.journal().close();
    }

    /**
     * Replays.
     *
     * @param heap to count in
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void replay(final HeapUse heap) {
        heap.begin();
        machine = new CounterMachine();
        final EngineConfig config = EngineConfig.at(journal.path()).maxCommandBytes(CounterTable.LENGTH);
        config.journal().eventTypes(CounterTable.TYPE_ID).expectedStreams(CounterTable.ACCOUNTS);
        engine = Engine.launch(config, machine);
        heap.end(EVENTS);
    }

    /** Checks the state and closes the engine. */
    @TearDown(Level.Invocation)
    public void check() {
        try (Engine closing = engine) {
            Require.equal("events recovered", EVENTS, closing.recoveredEvents());
        }
        Require.equal("additions", EVENTS, machine.table().additions());
        Require.equal("sum", journal.sequence().sum(), machine.table().sum());
    }

    /** Removes the journal. */
    @TearDown(Level.Trial)
    public void close() {
        journal.close();
    }
}
