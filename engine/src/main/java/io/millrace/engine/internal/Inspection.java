package io.millrace.engine.internal;

import io.millrace.engine.StateMachine;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A question to the state, on its way through the ring. */
record Inspection<T>(Function<StateMachine, T> question, CompletableFuture<T> answer) {
    void ask(final StateMachine machine) {
        try {
            answer.complete(question.apply(machine));
        } catch (final Throwable e) {
            answer.completeExceptionally(e);
            if (Fatal.isFatal(e)) {
                throw e;
            }
        }
    }

    void fail(final Throwable cause) {
        answer.completeExceptionally(cause);
    }
}
