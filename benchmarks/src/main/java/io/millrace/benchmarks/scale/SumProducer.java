package io.millrace.benchmarks.scale;

import io.millrace.benchmarks.rig.OutcomeCount;
import io.millrace.engine.CommandClaim;
import io.millrace.engine.Engine;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** One of the threads that publish. */
final class SumProducer {
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int MAX_AMOUNT = 100;

    private final OutcomeCount outcomes = new OutcomeCount();
    private final CommandClaim claim = new CommandClaim();
    private final IdleStrategy idle = new BackoffIdleStrategy(100, 100, 1, 1);
    private final Publisher publisher;
    private final int streams;
    private final int payloadBytes;
    private long random;
    private long published;
    private long sum;

    SumProducer(final Engine engine, final int number, final int streams, final int payloadBytes) {
        this.streams = streams;
        this.payloadBytes = payloadBytes;
        random = 0x9E37_79B9_7F4A_7C15L * (number + 1);
        publisher = engine.newPublisher(number + 1, outcomes);
    }

    void publish(final long commands) {
        for (long i = 0; i < commands; i++) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            final int stream = (int) ((random >>> 32) * streams >>> 32);
            final long amount = 1 + (random & 0xFFFF) % MAX_AMOUNT;
            while (isFull(
                    publisher.tryClaim(claim, SumMachine.TYPE_ID, published, Durability.JOURNALED, payloadBytes))) {
                idle.idle();
            }
            idle.reset();
            SumMachine.write(claim.buffer(), stream, amount);
            claim.commit();
            published++;
            sum += amount;
        }
    }

    private static boolean isFull(final long result) {
        if (result < 0 && result != PublishResult.BACK_PRESSURED) {
            throw new IllegalStateException("command must be published: " + PublishResult.name(result));
        }
        return result < 0;
    }

    /** Waits for all that was published to be accepted. */
    void await() {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (outcomes.received() < published) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(
                        "commands must be answered: " + outcomes.received() + " of " + published);
            }
            Thread.yield();
        }
        if (outcomes.accepted() != published) {
            throw new IllegalStateException("commands must be accepted: " + outcomes.accepted() + " of " + published);
        }
    }

    /** What all streams must come to by this producer's commands. */
    long sum() {
        return sum;
    }
}
