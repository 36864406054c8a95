package io.millrace.benchmarks;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

/** A read model: the cost of keeping it, beside that of {@link ReadBenchmark}, and the cost of asking it. */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProjectionBenchmark extends ForkedBenchmark {
    private static final int EVENTS = 1 << 20;
    private static final int POLLED_COMMITS = 64;
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(5);

    /** Commands in a commit. */
    @Param("64")
    public int batch;

    private final CounterProjection updated = new CounterProjection();
    private final JournalHandler handler = updated::onEvent;
    private CounterJournal journal;
    private Engine engine;
    private Projections projections;
    private ProjectionHandle<CounterProjection> running;
    private JournalReader reader;
    private long updates;

    /** For JMH. */
    public ProjectionBenchmark() {}

    /**
     * Writes the journal, launches an engine on it, and waits for a projection to have read it.
     *
     * @throws IOException if there is no directory for it
     * @throws InterruptedException if interrupted
     */
    @Setup(Level.Trial)
    public void start() throws IOException, InterruptedException {
        journal = new CounterJournal(CounterTable.ACCOUNTS, batch);
        journal.append(EVENTS);
        journal.journal().close();
        final EngineConfig config = EngineConfig.at(journal.path()).maxCommandBytes(CounterTable.LENGTH);
        config.journal().eventTypes(CounterTable.TYPE_ID).expectedStreams(CounterTable.ACCOUNTS);
        engine = Engine.launch(config, new CounterMachine());
        projections = Projections.of(engine);
        running = projections.start(new CounterProjection());
        if (!running.awaitSequence(EVENTS, PATIENCE_NS)) {
            throw new IllegalStateException("projection must apply all events within " + PATIENCE_NS + " ns");
        }
        reader = engine.journal().newReader(1);
    }

    /**
     * One operation is one event of 64 bytes read and applied, as a projection that catches up does it.
     *
     * @return how many were applied
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long update() {
        reader.seek(1);
        while (reader.nextSequence() <= EVENTS) {
            reader.poll(handler, POLLED_COMMITS);
        }
        updates += EVENTS;
        return updated.table().additions();
    }

    /**
     * One operation is one question to a projection that has nothing to apply.
     *
     * @return the read model
     */
    @Benchmark
    public CounterTable query() {
        return running.query(ProjectionBenchmark::checkedTable);
    }

    private static CounterTable checkedTable(final CounterProjection projection) {
        Require.equal("events of the read model", EVENTS, projection.table().additions());
        return projection.table();
    }

    /** Checks both read models. */
    @TearDown(Level.Iteration)
    public void check() {
        Require.equal("additions", updates, updated.table().additions());
        Require.equal(
                "sum",
                updates / EVENTS * journal.sequence().sum(),
                updated.table().sum());
        Require.equal(
                "sum of the read model",
                journal.sequence().sum(),
                running.query(CounterProjection::table).sum());
    }

    /** Closes the engine and removes the journal. */
    @TearDown(Level.Trial)
    public void close() {
        reader.close();
        projections.close();
        engine.close();
        journal.close();
    }
}
