package io.millrace.benchmarks;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import io.millrace.engine.EngineConfig;
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

/** The ring alone, as the engine has it: slots that go to another thread, and the word that they have been seen. */
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingHopBenchmark extends ForkedBenchmark {
    private static final int BURST = 1024;

    /** How both threads wait, which of {@link Settings.Wait}. */
    @Param({"SLEEPING", "YIELDING"})
    public String wait;

    private final Adder adder = new Adder();
    private Disruptor<Slot> disruptor;
    private RingBuffer<Slot> ring;
    private SequenceBarrier seen;

    /** For JMH. */
    public RingHopBenchmark() {}

    /** Starts the other thread. */
    @Setup(Level.Trial)
    public void start() {
        disruptor = new Disruptor<>(
                Slot::new,
                EngineConfig.DEFAULT_RING_SIZE,
                DaemonThreadFactory.INSTANCE,
                ProducerType.MULTI,
                Settings.Wait.valueOf(wait).disruptor());
        seen = disruptor.handleEventsWith(adder).asSequenceBarrier();
        ring = disruptor.start();
    }

    /**
     * One slot there and back: one operation is two hops.
     *
     * @return the sequence that was seen
     * @throws InterruptedException if interrupted
     * @throws AlertException never
     * @throws TimeoutException never
     */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public long hop() throws InterruptedException, AlertException, TimeoutException {
        return seen.waitFor(publish());
    }

    /**
     * A burst of slots, and the wait for the last one: one operation is one slot.
     *
     * @return the sequence that was seen
     * @throws InterruptedException if interrupted
     * @throws AlertException never
     * @throws TimeoutException never
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OperationsPerInvocation(BURST)
    public long burst() throws InterruptedException, AlertException, TimeoutException {
        for (int i = 1; i < BURST; i++) {
            publish();
        }
        return seen.waitFor(publish());
    }

    private long publish() {
        final long sequence = ring.next();
        ring.get(sequence).value = sequence;
        ring.publish(sequence);
        return sequence;
    }

    /** Checks that the other thread has seen every slot. */
    @TearDown(Level.Iteration)
    public void check() {
        final long last = ring.getCursor();
        Require.equal("slots seen", last + 1, adder.slots);
        Require.equal("sum of the slots", last * (last + 1) / 2, adder.sum);
    }

    /** Ends the other thread. */
    @TearDown(Level.Trial)
    public void close() {
        disruptor.shutdown();
    }

    private static final class Slot {
        private long value;
    }

    /** Written by the ring's thread, read by the publishing thread when it has seen the last slot. */
    private static final class Adder implements EventHandler<Slot> {
        private long slots;
        private long sum;

        @Override
        public void onEvent(final Slot slot, final long sequence, final boolean endOfBatch) {
            slots++;
            sum += slot.value;
        }
    }
}
