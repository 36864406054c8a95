package io.millrace.faults.kill;

import io.millrace.engine.Engine;
import io.millrace.engine.OutcomeCodes;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.OutcomeView;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes the requests of all clients from one thread, in bursts and with pauses, and checks each outcome. Ends when the
 * commands are out and answered, or when the engine has failed and everybody has been told.
 */
final class Workload {
    private static final int MAX_BURST = 12;
    private static final long MAX_PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(300);
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(20);

    /** A disk that has been full for all but this of the longest wait will not get room any more. */
    private static final long STILL_FULL_NS = WorkOptions.MAX_WAIT_NS - TimeUnit.SECONDS.toNanos(2);

    private static final long MAX_LATE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Refusals are asked about again only this often. */
    private static final long SPACE_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Engine engine;
    private final AckFile acks;
    private final WorkOptions options;
    private final SplittableRandom random;
    private final Publisher[] publishers = new Publisher[AckFile.CLIENTS + 1];
    private final AtomicLongArray accepted = new AtomicLongArray(AckFile.CLIENTS + 1);
    private final long[] next = new long[AckFile.CLIENTS + 1];
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[WorkMachine.MAX_LENGTH]);
    private long offered;
    private volatile long failedNs;
    private boolean stillFull;
    private volatile boolean refused;
    private volatile String wrong;

    Workload(final Engine engine, final WorkMachine machine, final AckFile acks, final WorkOptions options) {
        this.engine = engine;
        this.acks = acks;
        this.options = options;
        random = new SplittableRandom(options.seed() ^ engine.recoveredEvents());
        for (int client = 1; client <= AckFile.CLIENTS; client++) {
            next[client] = machine.lastRequest(client) + 1;
            accepted.set(client, machine.lastRequest(client));
            publishers[client] = engine.newPublisher(client, this::onOutcome);
        }
    }

    /** Returns whether the engine took everything, and answered if that is waited for; false once it has failed. */
    boolean run() {
        boolean open = true;
        while (open && !stillFull && (offered < options.commands() || refused)) {
            if (refused) {
                publishRefusedAgain();
            }
            final int burst = 1 + random.nextInt(MAX_BURST);
            for (int i = 0; open && !stillFull && i < burst && offered < options.commands(); i++) {
                open = offer(1 + random.nextInt(AckFile.CLIENTS));
            }
            if (random.nextBoolean()) {
                LockSupport.parkNanos(random.nextLong(MAX_PAUSE_NS));
            }
        }
        if (options.patient()) {
            awaitAnswers();
        }
        return open && unknown.get() == 0;
    }

    /** A command that was refused in the ring has those of its client behind it refused as well. */
    private void publishRefusedAgain() {
        awaitAnswers();
        refused = false;
        for (int client = 1; client <= AckFile.CLIENTS; client++) {
            next[client] = accepted.get(client) + 1;
        }
    }

    /** Returns false when the engine takes nothing any more. */
    private boolean offer(final int client) {
        final int length = WorkMachine.encode(client, next[client], 0, payload);
        final Durability level =
                random.nextInt(100) < options.syncedPercent() ? Durability.SYNCED : Durability.JOURNALED;
        acks.published(client, next[client]);
        final long deadlineNs = System.nanoTime() + WorkOptions.MAX_WAIT_NS;
        while (true) {
            final long result = publishers[client].offer(WorkMachine.TYPE, next[client], level, payload, 0, length);
            if (result >= 0) {
                acks.refusedForSpace(false);
                next[client]++;
                offered++;
                return true;
            }
            if (isForSpace(result)) {
                acks.refusedForSpace(true);
                if (options.commands() != WorkOptions.ENDLESS && deadlineNs - System.nanoTime() < STILL_FULL_NS) {
                    stillFull = true;
                    return true;
                }
                LockSupport.parkNanos(SPACE_PAUSE_NS);
            } else if (result == PublishResult.BACK_PRESSURED) {
                LockSupport.parkNanos(POLL_NS);
                if (System.nanoTime() - deadlineNs > 0) {
                    throw new HungException("the ring must be freed or the engine fail: health=" + engine.health());
                }
            } else {
                return false;
            }
        }
    }

    private static boolean isForSpace(final long result) {
        return result == PublishResult.DISK_FULL;
    }

    /** To be called before the end at the latest: everybody is told something, even by an engine that has failed. */
    void awaitAnswers() {
        final long deadlineNs = System.nanoTime() + WorkOptions.MAX_WAIT_NS;
        while (answered.get() < offered && wrong == null) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new HungException("every command must be answered: offered=" + offered + ", answered=" + answered
                        + ", health=" + engine.health());
            }
            LockSupport.parkNanos(POLL_NS);
        }
        if (wrong != null) {
            throw new IllegalStateException(wrong);
        }
    }

    private void onOutcome(final OutcomeView outcome) {
        if (outcome.status() == OutcomeStatus.ACCEPTED) {
            checkAllowed(outcome);
            acks.acked((int) outcome.clientId(), outcome.requestId(), outcome.level());
            accepted.accumulateAndGet((int) outcome.clientId(), outcome.requestId(), Math::max);
        } else if (outcome.status() == OutcomeStatus.REJECTED && isAfterRefusal(outcome)) {
            refused = true;
        } else if (outcome.status() == OutcomeStatus.REJECTED) {
            wrong = "command must be accepted: " + outcome.copy();
        } else {
            unknown.incrementAndGet();
        }
        answered.incrementAndGet();
    }

    private boolean isAfterRefusal(final OutcomeView outcome) {
        return outcome.code() == OutcomeCodes.DISK_FULL || refused && outcome.code() == WorkMachine.OUT_OF_ORDER;
    }

    /** What was forced before another thread's failure may still be said, right behind it and no later. */
    private void checkAllowed(final OutcomeView outcome) {
        if (engine.journal().failure() != null) {
            if (failedNs == 0) {
                failedNs = System.nanoTime();
            } else if (System.nanoTime() - failedNs > MAX_LATE_NS) {
                wrong = "nothing must be acknowledged after a failure: " + outcome.copy();
            }
        }
    }

    /** Nothing happened for too long. */
    static final class HungException extends RuntimeException {
        private static final long serialVersionUID = 1;

        HungException(final String message) {
            super(message);
        }
    }
}
