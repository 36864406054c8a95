package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts what the engine's threads and the publishing thread allocate once warm. */
class AllocationTest {
    private static final int WARM_UP = 200_000;
    private static final int MEASURED = 1_000_000;
    private static final int MEASURED_SYNCED = 50_000;

    /** A thread that allocated one smallest object for each command would have 16. */
    private static final double MAX_BYTES = 0.5;

    /** A force, which serves many commands, may allocate a little. */
    private static final double MAX_BYTES_SYNCED = 4;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    private final AtomicLong answered = new AtomicLong();
    private final UnsafeBuffer payload = Commands.payload(1, 1);
    private final CommandClaim claim = new CommandClaim();
    private long published;

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldNotAllocateWhenCommandsAreOffered(final StageLayout layout) throws Exception {
        try (Engine engine = launch(layout)) {
            final Publisher publisher = engine.newPublisher(1, outcome -> answered.lazySet(answered.get() + 1));
            assertAllocatesNothing(MAX_BYTES, WARM_UP, MEASURED, () -> offer(publisher, Durability.JOURNALED));
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldNotAllocateWhenCommandsAreClaimed(final StageLayout layout) throws Exception {
        try (Engine engine = launch(layout)) {
            final Publisher publisher = engine.newPublisher(1, outcome -> answered.lazySet(answered.get() + 1));
            assertAllocatesNothing(MAX_BYTES, WARM_UP, MEASURED, () -> claim(publisher));
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldNotAllocateWhenCommandsAreSynced(final StageLayout layout) throws Exception {
        try (Engine engine = launch(layout)) {
            final Publisher publisher = engine.newPublisher(1, outcome -> answered.lazySet(answered.get() + 1));
            assertAllocatesNothing(
                    MAX_BYTES_SYNCED, MEASURED_SYNCED, MEASURED_SYNCED, () -> offer(publisher, Durability.SYNCED));
        }
    }

    private Engine launch(final StageLayout layout) {
        final EngineConfig config = EngineConfig.at(directory).layout(layout);
        return Engine.launch(config, new SumMachine());
    }

    private void offer(final Publisher publisher, final Durability durability) {
        while (publisher.offer(1, published, durability, payload, 0, Commands.LENGTH) < 0) {
            Thread.yield();
        }
        published++;
    }

    private void claim(final Publisher publisher) {
        while (publisher.tryClaim(claim, 1, published, Durability.JOURNALED, Commands.LENGTH) < 0) {
            Thread.yield();
        }
        claim.buffer().putLong(0, published);
        claim.buffer().putLong(Long.BYTES, 1);
        claim.commit();
        published++;
    }

    private void assertAllocatesNothing(
            final double maxBytes, final int warmUp, final int measured, final Runnable publish) {
        run(warmUp, publish);
        final long[] threads = engineThreads();
        final long before = allocatedBytes(threads);
        run(measured, publish);
        final double bytesPerCommand = (double) (allocatedBytes(threads) - before) / measured;
        System.out.println("AllocationTest: bytes per command=" + bytesPerCommand + ", threads=" + threads.length);
        assertTrue(bytesPerCommand < maxBytes, () -> "bytes per command: " + bytesPerCommand);
    }

    private void run(final int commands, final Runnable publish) {
        for (int i = 0; i < commands; i++) {
            publish.run();
        }
        while (answered.get() < published) {
            Thread.yield();
        }
    }

    private static long[] engineThreads() {
        final LongStream engine = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("millrace-"))
                .mapToLong(Thread::getId);
        return LongStream.concat(engine, LongStream.of(Thread.currentThread().getId()))
                .toArray();
    }

    private static long allocatedBytes(final long[] threads) {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).sum();
    }

    /** Adds up. */
    private static final class SumMachine implements StateMachine {
        private long sum;

        @Override
        public void decide(final Command command, final Decision decision) {
            decision.emit(1, 0, command.requestId() % 1000, command.buffer(), command.offset(), command.length());
            decision.result(command.buffer(), command.offset(), Long.BYTES);
        }

        @Override
        public void apply(final EventView event) {
            sum += event.buffer().getLong(event.offset() + Long.BYTES);
        }

        @Override
        public void save(final DataOutput out) throws IOException {
            out.writeLong(sum);
        }

        @Override
        public void load(final DataInput in) throws IOException {
            sum = in.readLong();
        }
    }
}
