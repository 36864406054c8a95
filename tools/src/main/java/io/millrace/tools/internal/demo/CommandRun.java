package io.millrace.tools.internal.demo;

import io.millrace.engine.Engine;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.console.ToolException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** Publishes commands, as fast as the engine takes them or at a rate, and waits for their outcomes. */
final class CommandRun {
    private static final int WINDOW = 1 << 15;
    private static final int SPINS = 10;
    private static final int YIELDS = 20;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Engine engine;
    private final DemoOptions options;
    private final CommandSource source;
    private final long commands;
    private final OutcomeRecorder recorder;
    private final Publisher publisher;
    private final UnsafeBuffer payload;
    private final IdleStrategy idle = new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    private long backPressured;
    private long startNs;

    CommandRun(
            final Session session,
            final Domain domain,
            final DemoOptions options,
            final CommandSource source,
            final long maxCommands,
            final AckLog ackLog) {
        this.options = options;
        this.source = source;
        commands = Math.min(source.remaining(), maxCommands);
        engine = session.engine();
        payload = new UnsafeBuffer(new byte[domain.maxCommandBytes()]);
        recorder = new OutcomeRecorder(1, WINDOW, ackLog);
        publisher = engine.newPublisher(0, recorder);
    }

    /** How many commands it will run: all of the source, or as many as it may. */
    long commands() {
        return commands;
    }

    /** Returns when each command has its outcome. */
    void run(final Progress progress) {
        startNs = System.nanoTime();
        for (long requestId = 1; requestId <= commands; requestId++) {
            publish(requestId);
            progress.to(recorder.answered());
        }
        idle.reset();
        while (recorder.answered() < commands) {
            progress.to(recorder.answered());
            idle.idle();
        }
        check();
    }

    OutcomeRecorder outcomes() {
        return recorder;
    }

    /** How often the ring was full. */
    long backPressured() {
        return backPressured;
    }

    /** From the first command to the last outcome. */
    long elapsedNs() {
        return recorder.answered() == 0 ? 0 : recorder.lastAnswerNs() - startNs;
    }

    private void publish(final long requestId) {
        final int length = source.next(payload);
        final int typeId = source.typeId();
        final long intendedNs = awaitTurn(requestId);
        recorder.published(requestId, intendedNs);
        long result = publisher.offer(typeId, requestId, options.durability(), payload, 0, length);
        if (result == PublishResult.BACK_PRESSURED) {
            backPressured++;
            idle.reset();
            do {
                idle.idle();
                result = publisher.offer(typeId, requestId, options.durability(), payload, 0, length);
            } while (result == PublishResult.BACK_PRESSURED);
        }
        if (result < 0) {
            throw new ToolException(
                    "command must be published: result=" + PublishResult.name(result) + ", health=" + engine.health());
        }
    }

    /** Waits until the command may be published, and returns when it should have been. */
    private long awaitTurn(final long requestId) {
        idle.reset();
        while (requestId - recorder.answered() >= recorder.window()) {
            idle.idle();
        }
        if (options.rate() == 0) {
            return System.nanoTime();
        }
        final long intendedNs = startNs + Math.round((requestId - 1) * (1e9 / options.rate()));
        while (System.nanoTime() - intendedNs < 0) {
            idle.idle();
        }
        return intendedNs;
    }

    private void check() {
        if (recorder.failure() != null) {
            throw new ToolException(recorder.failure().getMessage(), recorder.failure());
        }
        if (recorder.failed() > 0) {
            throw new ToolException(
                    "every command must be answered: unanswered=" + recorder.failed() + ", health=" + engine.health());
        }
    }
}
