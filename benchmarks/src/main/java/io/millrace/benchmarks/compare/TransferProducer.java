package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.rig.OutcomeCount;
import io.millrace.contest.Contender;
import io.millrace.contest.Transfers;
import io.millrace.contest.Work;
import io.millrace.engine.CommandClaim;
import io.millrace.engine.Engine;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import io.millrace.projections.ProjectionHandle;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** The one thread that publishes. */
final class TransferProducer {
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(10);

    private final Engine engine;
    private final Durability durability;
    private final Publisher publisher;
    private final CommandClaim claim = new CommandClaim();
    private final IdleStrategy idle = new BackoffIdleStrategy(100, 100, 1, 1);
    private final OutcomeCount outcomes = new OutcomeCount();
    private long published;

    TransferProducer(final Engine engine, final Contender.Durability durability) {
        this.engine = engine;
        this.durability = durability == Contender.Durability.SYNCED ? Durability.SYNCED : Durability.JOURNALED;
        publisher = engine.newPublisher(0, outcomes);
    }

    void publish(final Work work) {
        final Transfers transfers = work.transfers();
        for (long i = 0; i < work.commands(); i++) {
            transfers.advance();
            while (isFull(publisher.tryClaim(
                    claim, TransferLayout.TYPE_ID, transfers.id(), durability, Transfers.COMMAND_BYTES))) {
                idle.idle();
            }
            idle.reset();
            TransferLayout.write(transfers, claim.buffer(), 0);
            claim.commit();
        }
        published += work.commands();
    }

    private static boolean isFull(final long result) {
        if (result < 0 && result != PublishResult.BACK_PRESSURED) {
            throw new IllegalStateException("command must be published: " + PublishResult.name(result));
        }
        return result < 0;
    }

    /** Waits for all outcomes, and for the read model. */
    void await(final ProjectionHandle<?> readModel) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (outcomes.received() < published) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(
                        "commands must be answered: " + outcomes.received() + " of " + published);
            }
            Thread.yield();
        }
        if (!readModel.awaitSequence(engine.journal().journaledSequence(), PATIENCE_NS)) {
            throw new IllegalStateException("read model must apply all events");
        }
    }

    long accepted() {
        return outcomes.accepted();
    }
}
