package io.millrace.projections.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.Outcome;
import io.millrace.engine.PublishException;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalConfig;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** An engine on real files, and its projections. */
final class EngineFixture implements AutoCloseable {
    static final int RING_SIZE = 256;

    final Engine engine;
    final Projections projections;
    private final Publisher publisher;
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[Long.BYTES]);

    /** A small ring, and mappings that are soon at their end. */
    EngineFixture(final Path directory) {
        this(EngineConfig.with(
                        JournalConfig.at(directory).blockSizeBytes(1 << 20).maxCommitBytes(1 << 18))
                .ringSize(RING_SIZE));
    }

    EngineFixture(final EngineConfig config) {
        engine = Engine.launch(config, new Numbers());
        projections = Projections.of(engine);
        publisher = engine.newPublisher();
    }

    /** Publishes the numbers from 1 on, waiting for room in the ring. For one thread. */
    void publish(final int commands) {
        publish(commands, publisher, payload);
    }

    /** Publishes like {@link #publish(int)} on a thread of its own. */
    Thread publishBeside(final int commands) {
        final Thread thread = new Thread(
                () -> publish(commands, engine.newPublisher(), new UnsafeBuffer(new byte[Long.BYTES])), "publisher");
        thread.start();
        return thread;
    }

    private static void publish(final int commands, final Publisher publisher, final UnsafeBuffer payload) {
        for (int i = 1; i <= commands; i++) {
            // Every seventh is rejected, and leaves a command without events in the journal.
            payload.putLong(0, i % 7 == 0 ? 0 : i);
            long result = offer(publisher, payload, i);
            while (result == PublishResult.BACK_PRESSURED) {
                Thread.yield();
                result = offer(publisher, payload, i);
            }
            assertTrue(result >= 0, PublishResult.name(result));
        }
    }

    private static long offer(final Publisher publisher, final UnsafeBuffer payload, final long requestId) {
        return publisher.offer(1, requestId, Durability.JOURNALED, payload, 0, Long.BYTES);
    }

    /** Publishes a number and waits for its outcome; the engine has answered everything before it, too. */
    Outcome submit(final long value) throws Exception {
        payload.putLong(0, value);
        while (true) {
            try {
                return publisher
                        .submit(1, value, Durability.JOURNALED, payload, 0, Long.BYTES)
                        .get(Waiting.LIMIT_NS, TimeUnit.NANOSECONDS);
            } catch (final ExecutionException e) {
                if (!(e.getCause() instanceof PublishException refused)
                        || refused.result() != PublishResult.BACK_PRESSURED) {
                    throw e;
                }
                Thread.yield();
            }
        }
    }

    static void await(final ProjectionHandle<?> handle, final long sequence) throws InterruptedException {
        assertTrue(
                handle.awaitSequence(sequence, Waiting.LIMIT_NS),
                () -> "must be applied: " + sequence + ", applied: " + handle.appliedSequence());
    }

    @Override
    public void close() {
        projections.close();
        engine.close();
    }
}
