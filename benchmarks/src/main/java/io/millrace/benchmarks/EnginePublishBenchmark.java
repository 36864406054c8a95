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
 * Binary API, from the publishing thread to the live projection: one operation is one command published, decided,
 * applied, journaled, answered and projected. Each invocation is a million of them, and 128 MiB of journal.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class EnginePublishBenchmark extends ForkedBenchmark {
    private static final int COMMANDS = 1 << 20;

    /** How a command gets into the ring. */
    public enum Api {
        /** Copied from the caller's buffer. */
        OFFER,
        /** Written in place. */
        CLAIM
    }

    /** Which of {@link PublishScenario.Kind}. */
    @Param("COUNTERS")
    public String domain;

    /** How commands are published. */
    @Param("OFFER")
    public Api api;

    /** How the projection is attached. */
    @Param("TAILING")
    public Attachment attachment;

    /** How the stages are spread over threads. */
    @Param("FUSED")
    public StageLayout layout;

    private PublishRun run;

    /** For JMH. */
    public EnginePublishBenchmark() {}

    /**
     * Launches the engine.
     *
     * @throws IOException if there is no directory for the journal
     * @throws InterruptedException if interrupted
     */
    @Setup(Level.Trial)
    public void launch() throws IOException, InterruptedException {
        run = new PublishRun(PublishScenario.Kind.valueOf(domain).create(), layout, attachment);
        run.open();
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
        if (api == Api.OFFER) {
            run.offer(COMMANDS);
        } else {
            run.claim(COMMANDS);
        }
        run.await();
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

    /**
     * Compares state and read model, and removes the journal.
     *
     * @throws InterruptedException if interrupted
     * @throws ExecutionException if an answer is wrong
     */
    @TearDown(Level.Trial)
    public void close() throws InterruptedException, ExecutionException {
        try (PublishRun closing = run) {
            closing.checkAll();
        }
    }
}
