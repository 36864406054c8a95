package io.millrace.benchmarks;

import io.millrace.benchmarks.rig.ScratchDirectory;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.StageLayout;
import io.millrace.engine.typed.Domain;
import io.millrace.engine.typed.StateCodec;
import io.millrace.engine.typed.TypedEngine;
import io.millrace.engine.typed.TypedOutcome;
import io.millrace.engine.typed.TypedPublisher;
import io.millrace.engine.typed.Verdict;
import io.millrace.journal.Durability;
import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import io.millrace.projections.ProjectionsConfig;
import io.millrace.projections.typed.ModelProjection;
import io.millrace.projections.typed.TypedProjection;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The counters in the typed API: records, encoded as CBOR. */
final class TypedRun implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(5);

    /** Commands on their way at most; fewer than the ring has slots, so that it is never full. */
    private static final int WINDOW = 1024;

    private static final Domain<Add, Added, CounterTable> DOMAIN =
            Domain.of(Add.class, Added.class, CounterTable::new).stream(Added::account)
                    .decide(1, Add.class, (table, add) -> Verdict.accept(new Added(add.account(), add.amount())))
                    .apply(1, Added.class, (table, added) -> table.add(added.account(), added.amount()))
                    .stateCodec(new TableCodec())
                    .build();

    private final ScratchDirectory directory = new ScratchDirectory();
    private final CounterSequence sequence = new CounterSequence(CounterTable.ACCOUNTS);
    private final TypedEngine<Add, Added, CounterTable> engine;
    private final TypedPublisher<Add> publisher;
    private final Projections projections;
    private final ProjectionHandle<ModelProjection<Added, CounterTable>> projection;
    private final Window window = new Window();

    TypedRun(final StageLayout layout, final Attachment attachment) throws IOException {
        final EngineConfig config = EngineConfig.at(directory.path()).layout(layout);
        config.journal().expectedStreams(CounterTable.ACCOUNTS);
        engine = TypedEngine.launch(config, DOMAIN);
        publisher = engine.newPublisher(0);
        projections = Projections.of(engine.engine(), new ProjectionsConfig().ringLagBudget(config.ringSize() - 1));
        projection = projections.start(
                TypedProjection.of("counters", DOMAIN.events(), new CounterTable(), (table, added) -> {
                    table.add(added.account(), added.amount());
                }),
                attachment);
    }

    /** Publishes, and waits for all outcomes and for the projection. */
    void publish(final int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            window.makeRoom();
            sequence.advance();
            window.add(publisher.submit(
                    sequence.count(), new Add(sequence.account(), sequence.amount()), Durability.JOURNALED));
        }
        window.drain();
        if (!projection.awaitSequence(engine.engine().journal().journaledSequence(), PATIENCE_NS)) {
            throw new IllegalStateException("projection must apply all events within " + PATIENCE_NS + " ns");
        }
    }

    void check() throws InterruptedException, ExecutionException {
        Require.equal("accepted commands", sequence.count(), window.accepted);
        final long hash = engine.inspect(table -> {
                    check("state", table);
                    return table.hash();
                })
                .get();
        Require.equal("hash of the read model", hash, projection.query(model -> {
            check("read model", model.model());
            return model.model().hash();
        }));
    }

    private void check(final String what, final CounterTable table) {
        Require.equal("additions of the " + what, sequence.count(), table.additions());
        Require.equal("sum of the " + what, sequence.sum(), table.sum());
    }

    @Override
    public void close() {
        projections.close();
        engine.close();
        directory.close();
    }

    /** The command. */
    record Add(int account, long amount) {}

    /** The event. */
    record Added(int account, long amount) {}

    /** The outcomes that are awaited, oldest first. */
    private static final class Window {
        private final CompletableFuture<?>[] outcomes = new CompletableFuture<?>[WINDOW];
        private long added;
        private long taken;
        private long accepted;

        void add(final CompletableFuture<TypedOutcome> outcome) {
            outcomes[(int) (added++ % WINDOW)] = outcome;
        }

        void makeRoom() {
            if (added - taken == WINDOW) {
                take();
            }
        }

        void drain() {
            while (taken < added) {
                take();
            }
        }

        private void take() {
            if (((TypedOutcome) outcomes[(int) (taken++ % WINDOW)].join()).accepted()) {
                accepted++;
            }
        }
    }

    private static final class TableCodec implements StateCodec<CounterTable> {
        @Override
        public void save(final CounterTable table, final DataOutput out) throws IOException {
            table.save(out);
        }

        @Override
        public CounterTable load(final DataInput in) throws IOException {
            final CounterTable table = new CounterTable();
            table.load(in);
            return table;
        }
    }
}
