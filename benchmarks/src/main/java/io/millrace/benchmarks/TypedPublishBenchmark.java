package io.millrace.benchmarks;

import io.millrace.engine.StageLayout;
import io.millrace.projections.Attachment;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
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
 * Typed API, from the publishing thread to the live projection: one operation is one command, a record that is encoded
 * and decoded once, with one event, a record that is encoded once and decoded twice, and a future. A thousand commands
 * are on their way at a time.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class TypedPublishBenchmark extends ForkedBenchmark {
    private static final int COMMANDS = 1 << 18;

    /** How the projection is attached. */
    @Param("TAILING")
    public Attachment attachment;

    /** How the stages are spread over threads. */
    @Param("FUSED")
    public StageLayout layout;

    private TypedRun run;

    /** For JMH. */
    public TypedPublishBenchmark() {}

    /**
     * Launches the engine.
     *
     * @throws IOException if there is no directory for the journal
     */
    @Setup(Level.Trial)
    public void launch() throws IOException {
        run = new TypedRun(layout, attachment);
    }

    /**
     * Publishes and waits for the projection.
     *
     * @param heap to count in
     * @throws InterruptedException if interrupted
     */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public void publish(final HeapUse heap) throws InterruptedException {
        heap.begin();
        run.publish(COMMANDS);
        heap.end(COMMANDS);
    }

    /**
     * Checks outcomes, state and read model.
     *
     * @throws InterruptedException if interrupted
     * @throws ExecutionException if an answer is wrong
     */
    @TearDown(Level.Iteration)
    public void check() throws InterruptedException, ExecutionException {
        run.check();
    }

    /** Removes the journal. */
    @TearDown(Level.Trial)
    public void close() {
        run.close();
    }
}
