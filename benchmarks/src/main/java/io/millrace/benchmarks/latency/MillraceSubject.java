package io.millrace.benchmarks.latency;

import com.lmax.disruptor.Sequence;
import io.millrace.benchmarks.compare.TransferLayout;
import io.millrace.benchmarks.compare.TransferMachine;
import io.millrace.contest.Transfers;
import io.millrace.engine.CommandClaim;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.OutcomeView;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import io.millrace.projections.Attachment;
import io.millrace.projections.Projections;
import io.millrace.projections.ProjectionsConfig;

/** Millrace with one live projection, which may be held up. */
final class MillraceSubject implements Subject {
    private static final int CLIENT = 1;

    private final CommandClaim claim = new CommandClaim();

    // The engine's thread counts for each command: on cache lines that the sending thread, busy beside them, never
    // needs.
    private final Sequence answered = new Sequence(0);
    private final Sequence accepted = new Sequence(0);
    private final Sequence refused = new Sequence(0);

    /** By the publisher, which sees that the disk is nearly full. */
    private long turnedAway;

    private final Recording recording;
    private final Durability durability;
    private final Section section;
    private final Engine engine;
    private final Projections projections;
    private final TimedReadModel readModel;
    private final Publisher publisher;

    MillraceSubject(
            final EngineConfig config,
            final int accounts,
            final Durability durability,
            final Attachment attachment,
            final Situation situation,
            final Recording recording) {
        this.recording = recording;
        this.durability = durability;
        section = durability == Durability.SYNCED ? Section.SYNCED : Section.JOURNALED;
        config.maxCommandBytes(Transfers.COMMAND_BYTES);
        config.journal()
                .eventTypes(TransferLayout.TYPE_ID)
                .expectedStreams(accounts)
                .denseStreams(accounts);
        engine = Engine.launch(config, new TransferMachine(accounts));
        projections = Projections.of(engine, new ProjectionsConfig().ringLagBudget(engine.ringSize() - 1));
        readModel = new TimedReadModel(accounts, situation, recording);
        projections.start(readModel, attachment);
        // The request id is the time at which the command was due.
        publisher = engine.newPublisher(CLIENT, this::onOutcome);
    }

    Engine engine() {
        return engine;
    }

    private void onOutcome(final OutcomeView outcome) {
        if (outcome.status() == OutcomeStatus.ACCEPTED) {
            recording.record(section, System.nanoTime() - outcome.requestId());
            accepted.set(accepted.get() + 1);
        } else {
            refused.set(refused.get() + 1);
        }
        answered.set(answered.get() + 1);
    }

    @Override
    public boolean offer(final Transfers transfer, final long dueNs) {
        final long result =
                publisher.tryClaim(claim, TransferLayout.TYPE_ID, dueNs, durability, Transfers.COMMAND_BYTES);
        if (result == PublishResult.DISK_FULL) {
            turnedAway++;
            return true;
        }
        if (result < 0) {
            if (result != PublishResult.BACK_PRESSURED) {
                throw new IllegalStateException("command must be published: " + PublishResult.name(result));
            }
            return false;
        }
        TransferLayout.write(transfer, claim.buffer(), 0);
        claim.buffer().putLong(Transfers.SENT_AT_OFFSET, dueNs, Transfers.BYTE_ORDER);
        claim.commit();
        return true;
    }

    @Override
    public long done() {
        // As many as were answered, unless the projection still lags behind those that were accepted.
        final long answers = answered.get();
        return turnedAway + answers - Math.max(0, accepted.get() - readModel.applied());
    }

    @Override
    public long refused() {
        return turnedAway + refused.get();
    }

    @Override
    public void close() {
        readModel.release();
        projections.close();
        engine.close();
    }
}
