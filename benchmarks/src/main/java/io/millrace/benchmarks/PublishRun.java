package io.millrace.benchmarks;

import io.millrace.benchmarks.rig.OutcomeCount;
import io.millrace.benchmarks.rig.ScratchDirectory;
import io.millrace.engine.CommandClaim;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.engine.StageLayout;
import io.millrace.journal.Durability;
import io.millrace.projections.Attachment;
import io.millrace.projections.Projection;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import io.millrace.projections.ProjectionsConfig;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** An engine with one live projection and one publishing thread. */
final class PublishRun implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(5);
    private static final int SPINS = 100;
    private static final int YIELDS = 100;

    private final ScratchDirectory directory = new ScratchDirectory();
    private final OutcomeCount outcomes = new OutcomeCount();
    private final IdleStrategy idle = new BackoffIdleStrategy(SPINS, YIELDS, 1, 1);
    private final CommandClaim claim = new CommandClaim();
    private final PublishScenario scenario;
    private final UnsafeBuffer command;
    private final Engine engine;
    private final Publisher publisher;
    private final Projections projections;
    private final ProjectionHandle<Projection> projection;
    private long published;
    private long commands;

    PublishRun(final PublishScenario scenario, final StageLayout layout, final Attachment attachment)
            throws IOException {
        this.scenario = scenario;
        command = new UnsafeBuffer(new byte[scenario.maxCommandBytes()]);
        engine = Engine.launch(config(layout), scenario.machine());
        publisher = engine.newPublisher(0, outcomes);
        final ProjectionsConfig readSide = new ProjectionsConfig().ringLagBudget(engine.ringSize() - 1);
        projections = Projections.of(engine, readSide);
        projection = projections.start(scenario.projection(), attachment);
    }

    private EngineConfig config(final StageLayout layout) {
        final EngineConfig config =
                EngineConfig.at(directory.path()).layout(layout).maxCommandBytes(scenario.maxCommandBytes());
        config.journal().eventTypes(scenario.eventTypes()).expectedStreams(scenario.streams());
        return config;
    }

    void open() throws InterruptedException {
        final int count = scenario.openingCommands();
        for (int i = 0; i < count; i++) {
            final int length = scenario.writeOpening(command);
            while (isFull(offer(scenario.openingTypeId(), length))) {
                idle.idle();
            }
            published++;
        }
        await();
    }

    void offer(final int count) {
        final int typeId = scenario.typeId();
        final int length = scenario.length();
        for (int i = 0; i < count; i++) {
            scenario.write(command, 0);
            while (isFull(offer(typeId, length))) {
                idle.idle();
            }
            idle.reset();
            published++;
        }
        commands += count;
    }

    void claim(final int count) {
        final int typeId = scenario.typeId();
        final int length = scenario.length();
        for (int i = 0; i < count; i++) {
            while (isFull(publisher.tryClaim(claim, typeId, published, Durability.JOURNALED, length))) {
                idle.idle();
            }
            idle.reset();
            scenario.write(claim.buffer(), 0);
            claim.commit();
            published++;
        }
        commands += count;
    }

    private long offer(final int typeId, final int length) {
        return publisher.offer(typeId, published, Durability.JOURNALED, command, 0, length);
    }

    private static boolean isFull(final long result) {
        if (result < 0 && result != PublishResult.BACK_PRESSURED) {
            throw new IllegalStateException("command must be published: " + PublishResult.name(result));
        }
        return result < 0;
    }

    /** Waits for all outcomes, and for the projection to have applied all events. */
    void await() throws InterruptedException {
        while (outcomes.received() < published) {
            Thread.yield();
        }
        if (!projection.awaitSequence(engine.journal().journaledSequence(), PATIENCE_NS)) {
            throw new IllegalStateException("projection must apply all events within " + PATIENCE_NS + " ns");
        }
    }

    void check() throws InterruptedException, ExecutionException {
        Require.equal("accepted commands", published, outcomes.accepted());
        engine.inspect(machine -> {
                    scenario.checkState(commands);
                    return machine;
                })
                .get();
        projection.query(model -> {
            scenario.checkModel(commands);
            return model;
        });
    }

    void checkAll() throws InterruptedException, ExecutionException {
        final long stateHash = engine.inspect(machine -> scenario.stateHash()).get();
        Require.equal("hash of the read model", stateHash, projection.query(model -> scenario.modelHash()));
    }

    @Override
    public void close() {
        projections.close();
        engine.close();
        directory.close();
    }
}
