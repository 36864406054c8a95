package io.millrace.peers.axon;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;

/** Counts the answers, by whichever thread gives them, and keeps the first failure. */
final class Answers implements CommandCallback<Object, Object> {
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Override
    public void onResult(
            final CommandMessage<? extends Object> command, final CommandResultMessage<? extends Object> result) {
        if (result.isExceptional()) {
            failure.compareAndSet(null, result.exceptionResult());
        } else if (Boolean.TRUE.equals(result.getPayload())) {
            accepted.incrementAndGet();
        }
        answered.incrementAndGet();
    }

    long accepted() {
        return accepted.get();
    }

    /** Waits as long as commands are being answered. */
    void await(final long commands) throws TimeoutException {
        long seen = answered.get();
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (seen < commands) {
            throwFailure();
            LockSupport.parkNanos(PAUSE_NS);
            final long now = answered.get();
            if (now != seen) {
                seen = now;
                deadlineNs = System.nanoTime() + TIMEOUT_NS;
            } else if (System.nanoTime() - deadlineNs > 0) {
                throw new TimeoutException("no answer came for " + TIMEOUT_NS + " ns: answered=" + seen);
            }
        }
        throwFailure();
    }

    private void throwFailure() {
        final Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("a command failed", cause);
        }
    }
}
