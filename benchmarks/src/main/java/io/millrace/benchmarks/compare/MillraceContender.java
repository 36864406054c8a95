package io.millrace.benchmarks.compare;

import io.millrace.contest.Answer;
import io.millrace.contest.Contender;
import io.millrace.contest.Transfers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.StageLayout;
import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import io.millrace.projections.ProjectionsConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The engine as a user launches it. */
final class MillraceContender implements Contender {
    private final Durability durability;
    private final StageLayout layout;
    private final Attachment attachment;
    private final int ringSize;
    private final int maxBatchCommands;
    private final int touchAheadBytes;

    MillraceContender(final Durability durability, final Options options) {
        this.durability = durability;
        layout = options.layout();
        attachment = options.attachment();
        ringSize = options.ringSize();
        maxBatchCommands = options.maxBatchCommands();
        touchAheadBytes = options.touchAheadBytes();
    }

    @Override
    public String key() {
        return durability == Durability.SYNCED ? "millrace_synced" : "millrace";
    }

    @Override
    public String title() {
        return durability == Durability.SYNCED ? "Millrace, forced" : "Millrace";
    }

    @Override
    public Durability durability() {
        return durability;
    }

    @Override
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("layout", layout.name());
        settings.put("projection", attachment.name());
        settings.put("ring", ringSize + " slots");
        settings.put("commit", "at most " + maxBatchCommands + " commands");
        settings.put("journal", "CRC, hash chain, back pointers, " + (touchAheadBytes >> 10) + " KiB filled ahead");
        settings.put("streams", "ids are array indices (denseStreams)");
        return settings;
    }

    private EngineConfig config(final Path directory, final Work work) {
        final EngineConfig config = EngineConfig.at(directory)
                .layout(layout)
                .ringSize(ringSize)
                .maxBatchCommands(maxBatchCommands)
                .maxCommandBytes(Transfers.COMMAND_BYTES);
        config.journal()
                .eventTypes(TransferLayout.TYPE_ID)
                .expectedStreams(work.accounts())
                .denseStreams(work.accounts())
                .touchAheadBytes(touchAheadBytes);
        return config;
    }

    @Override
    public Live live(final Path directory, final Work work) throws Exception {
        final TransferMachine machine = new TransferMachine(work.accounts());
        try (Engine engine = Engine.launch(config(directory, work), machine);
                Projections projections =
                        Projections.of(engine, new ProjectionsConfig().ringLagBudget(engine.ringSize() - 1))) {
            final ProjectionHandle<TransferProjection> turnovers =
                    projections.start(new TransferProjection(work.accounts()), attachment);
            final TransferProducer producer = new TransferProducer(engine, durability);
            final Usage start = Usage.now();
            producer.publish(work);
            producer.await(turnovers);
            final Usage usage = Usage.now().since(start);
            final long stateHash = engine.inspect(
                            state -> ((TransferMachine) state).books().hash())
                    .get();
            final long readModelHash =
                    turnovers.query(model -> model.turnovers().hash());
            final long events = engine.journal().journaledSequence();
            return new Live(usage, new Answer(producer.accepted(), events, stateHash, readModelHash));
        }
    }

    @Override
    public boolean replays() {
        return durability == Durability.JOURNALED;
    }

    @Override
    public Replay replay(final Path directory, final Work work) throws Exception {
        final Usage start = Usage.now();
        final TransferMachine machine = new TransferMachine(work.accounts());
        try (Engine engine = Engine.launch(config(directory, work), machine)) {
            final Usage usage = Usage.now().since(start);
            final long stateHash = engine.inspect(
                            state -> ((TransferMachine) state).books().hash())
                    .get();
            return new Replay(usage, engine.recoveredEvents(), stateHash);
        }
    }
}
