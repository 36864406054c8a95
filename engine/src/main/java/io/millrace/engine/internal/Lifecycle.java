package io.millrace.engine.internal;

import io.millrace.engine.Health.State;
import io.millrace.engine.PublishResult;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The engine's state and its first failure. The state only moves forward: RUNNING, CLOSING, CLOSED, or from either of the
 * first two to FAILED.
 */
final class Lifecycle {
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile State state = State.RUNNING;

    /** Whether new commands are taken; a volatile read, see {@link RingPublisher} for what it pairs with. */
    boolean isOpen() {
        return state == State.RUNNING;
    }

    boolean isFailed() {
        return state == State.FAILED;
    }

    State state() {
        return state;
    }

    Throwable failure() {
        return failure.get();
    }

    /** What a publisher is told when it is not let in. */
    long refusal() {
        return switch (state) {
            case RUNNING -> PublishResult.BACK_PRESSURED;
            case CLOSING, CLOSED -> PublishResult.CLOSED;
            case FAILED -> PublishResult.FAILED;
        };
    }

    /** True for the first failure, which alone must be acted upon. */
    synchronized boolean fail(final Throwable cause) {
        if (state == State.CLOSED || !failure.compareAndSet(null, cause)) {
            return false;
        }
        state = State.FAILED;
        return true;
    }

    synchronized void closing() {
        if (state == State.RUNNING) {
            state = State.CLOSING;
        }
    }

    synchronized void closed() {
        if (state == State.CLOSING) {
            state = State.CLOSED;
        }
    }
}
