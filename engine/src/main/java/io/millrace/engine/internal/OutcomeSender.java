package io.millrace.engine.internal;

import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeHandler;
import io.millrace.engine.OutcomeView;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the publishers' handlers and brings outcomes to them or to a future. Any thread. */
final class OutcomeSender {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeSender.class);

    private final Consumer<Throwable> onFatal;
    private final LongAdder failures = new LongAdder();

    /** Copied on write; a publisher is registered before it can publish. */
    private volatile OutcomeHandler[] handlers = {};

    OutcomeSender(final Consumer<Throwable> onFatal) {
        this.onFatal = onFatal;
    }

    synchronized int register(final OutcomeHandler handler, final int maxHandlers) {
        final OutcomeHandler[] known = handlers;
        if (known.length == maxHandlers) {
            throw new IllegalStateException("an engine must have at most " + maxHandlers + " publishers");
        }
        final OutcomeHandler[] grown = Arrays.copyOf(known, known.length + 1);
        grown[known.length] = handler;
        handlers = grown;
        return known.length;
    }

    /** Never throws: one caller's handler must not keep the others from their outcomes. */
    void send(final OutcomeView outcome, final int publisherId, final CompletableFuture<Outcome> future) {
        try {
            if (future != null) {
                future.complete(outcome.copy());
            } else {
                handlers[publisherId].onOutcome(outcome);
            }
        } catch (final Throwable e) {
            failures.increment();
            if (Fatal.isFatal(e)) {
                onFatal.accept(e);
            }
            LOG.warn("outcome handler threw: clientId={}, requestId={}", outcome.clientId(), outcome.requestId(), e);
        }
    }

    long failures() {
        return failures.sum();
    }
}
