package io.millrace.tools.internal.stress;

import io.millrace.engine.Engine;
import io.millrace.engine.OutcomeHandler;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.OutcomeView;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One client on a thread of its own: publishes its requests in order, as fast as the ring takes them, and checks that
 * each is accepted, once, in order.
 */
final class Producer implements OutcomeHandler, Runnable {
    private static final int SPINS = 20;
    private static final int YIELDS = 20;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final int clientId;
    private final long firstRequestId;
    private final long lastRequestId;
    private final Durability durability;
    private final AckFile acks;
    private final Publisher publisher;
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[StressMachine.PAYLOAD_BYTES]);
    private final IdleStrategy idle = new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);

    // Written by this producer's thread.
    private volatile long backPressured;
    private volatile String publishFailure;

    // Written by the thread that brings outcomes.
    private long lastSequence;
    private volatile long answered;
    private volatile String outcomeFailure;

    /** A producer of the requests from one to another. */
    Producer(
            final Engine engine,
            final StressOptions options,
            final AckFile acks,
            final int clientId,
            final long firstRequestId,
            final long lastRequestId) {
        this.clientId = clientId;
        this.firstRequestId = firstRequestId;
        this.lastRequestId = lastRequestId;
        this.acks = acks;
        durability = options.durability();
        publisher = engine.newPublisher(clientId, this);
    }

    @Override
    public void run() {
        long full = 0;
        for (long requestId = firstRequestId; requestId <= lastRequestId && publishFailure == null; requestId++) {
            StressMachine.encode(clientId, requestId, payload);
            acks.published(clientId, requestId);
            long result = offer(requestId);
            idle.reset();
            while (result == PublishResult.BACK_PRESSURED) {
                backPressured = ++full;
                idle.idle();
                result = offer(requestId);
            }
            if (result < 0) {
                publishFailure = "request must be published: client=" + clientId + ", request=" + requestId
                        + ", result=" + PublishResult.name(result);
            }
        }
    }

    @Override
    public void onOutcome(final OutcomeView outcome) {
        final long expected = firstRequestId + answered;
        if (isGood(outcome, expected)) {
            lastSequence = outcome.lastSequence();
            acks.acknowledged(clientId, outcome.requestId());
        } else if (outcomeFailure == null) {
            outcomeFailure = "outcome must be the next one, accepted, at " + durability + ": client=" + clientId
                    + ", expected request=" + expected + ", last sequence=" + lastSequence + ", found="
                    + outcome.copy();
        }
        answered++;
    }

    /** How many outcomes have come. */
    long answered() {
        return answered;
    }

    /** How many there must be. */
    long expected() {
        return Math.max(0, lastRequestId - firstRequestId + 1);
    }

    /** How many offers met a full ring. */
    long backPressured() {
        return backPressured;
    }

    /** The first thing that was wrong, or null. */
    String failure() {
        return outcomeFailure == null ? publishFailure : outcomeFailure;
    }

    private boolean isGood(final OutcomeView outcome, final long expected) {
        return outcome.requestId() == expected
                && outcome.clientId() == clientId
                && outcome.status() == OutcomeStatus.ACCEPTED
                && outcome.firstSequence() == outcome.lastSequence()
                && outcome.firstSequence() > lastSequence
                && outcome.level().compareTo(durability) >= 0;
    }

    private long offer(final long requestId) {
        return publisher.offer(StressMachine.TYPE, requestId, durability, payload, 0, StressMachine.PAYLOAD_BYTES);
    }
}
