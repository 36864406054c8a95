package io.millrace.benchmarks;

import io.millrace.benchmarks.rig.ScratchDirectory;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.Outcome;
import io.millrace.engine.Publisher;
import io.millrace.engine.StageLayout;
import io.millrace.journal.Durability;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.agrona.concurrent.UnsafeBuffer;
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
 * Binary API with futures: one operation is one command of 64 bytes submitted, decided, applied, journaled and answered.
 * No projection. {@link EnginePublishBenchmark} has the same without futures.
 */
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class SubmitBenchmark extends ForkedBenchmark {
    private static final int COMMANDS = 1 << 18;

    /** Fewer than the ring has slots, so that it is never full. */
    private static final int BURST = 1024;

    /** How the stages are spread over threads. */
    @Param("FUSED")
    public StageLayout layout;

    private final UnsafeBuffer command = new UnsafeBuffer(new byte[CounterTable.LENGTH]);
    private final CompletableFuture<?>[] outcomes = new CompletableFuture<?>[BURST];
    private CounterSequence sequence;
    private CounterMachine machine;
    private ScratchDirectory directory;
    private Engine engine;
    private Publisher publisher;
    private long accepted;

    /** For JMH. */
    public SubmitBenchmark() {}

    /**
     * Launches the engine.
     *
     * @throws IOException if there is no directory for the journal
     */
    @Setup(Level.Trial)
    public void launch() throws IOException {
        sequence = new CounterSequence(CounterTable.ACCOUNTS);
        machine = new CounterMachine();
        directory = new ScratchDirectory();
        final EngineConfig config =
                EngineConfig.at(directory.path()).layout(layout).maxCommandBytes(CounterTable.LENGTH);
        config.journal().eventTypes(CounterTable.TYPE_ID).expectedStreams(CounterTable.ACCOUNTS);
        engine = Engine.launch(config, machine);
        publisher = engine.newPublisher(0, outcome -> {});
    }

    /** One command at a time: how long a caller waits for its outcome. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public void roundTrip() {
        count(submit().join());
    }

    /**
     * Many commands, in bursts whose last outcome is awaited.
     *
     * @param heap to count in
     */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OperationsPerInvocation(COMMANDS)
    public void bursts(final HeapUse heap) {
        heap.begin();
        for (int i = 0; i < COMMANDS; i += BURST) {
            burst();
        }
        heap.end(COMMANDS);
    }

    private void burst() {
        for (int i = 0; i < BURST; i++) {
            outcomes[i] = submit();
        }
        for (final CompletableFuture<?> outcome : outcomes) {
            count((Outcome) outcome.join());
        }
    }

    private CompletableFuture<Outcome> submit() {
        sequence.advance();
        CounterTable.write(command, 0, sequence.account(), sequence.amount());
        return publisher.submit(
                CounterTable.TYPE_ID, sequence.count(), Durability.JOURNALED, command, 0, CounterTable.LENGTH);
    }

    private void count(final Outcome outcome) {
        if (outcome.accepted()) {
            accepted++;
        }
    }

    /**
     * Checks outcomes and state.
     *
     * @throws InterruptedException if interrupted
     * @throws ExecutionException if the engine could not be asked
     */
    @TearDown(Level.Iteration)
    public void check() throws InterruptedException, ExecutionException {
        Require.equal("accepted commands", sequence.count(), accepted);
        Require.equal(
                "additions",
                sequence.count(),
                engine.inspect(asked -> machine.table().additions()).get());
        Require.equal(
                "sum",
                sequence.sum(),
                engine.inspect(asked -> machine.table().sum()).get());
    }

    /** Removes the journal. */
    @TearDown(Level.Trial)
    public void close() {
        engine.close();
        directory.close();
    }
}
