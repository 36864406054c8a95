package io.millrace.engine.internal;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.EngineFailedException;
import io.millrace.engine.Health;
import io.millrace.engine.OutcomeHandler;
import io.millrace.engine.PublishException;
import io.millrace.engine.Publisher;
import io.millrace.engine.RecoveryListener;
import io.millrace.engine.RingFeed;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.agrona.collections.MutableInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine on a Disruptor: builds the parts, starts and stops them, and acts on the first failure. */
public final class DisruptorEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(DisruptorEngine.class);
    private static final long PAUSE_NS = 100_000;

    private final EngineConfig config;
    private final Journal journal;
    private final long recoveredEvents;
    private final Lifecycle lifecycle = new Lifecycle();
    private final OutcomeSender sender = new OutcomeSender();
    private final RingBuffer<CommandSlot> ring;
    private final SlotMemory memory;
    private final RecordRing records;
    private final SlotRecords slotRecords;
    private final RecordSpace space;
    private final PendingOutcomes pending;
    private final ForceAgent forceAgent;
    private final Thread forceThread;
    private final Sequence passed;
    private final Pipeline pipeline;
    private final Thread undertaker;
    private boolean released;

    private DisruptorEngine(final EngineConfig config, final StateMachine machine, final Journal journal) {
        this.config = config;
        this.journal = journal;
        recoveredEvents = journal.journaledSequence();
        memory = new SlotMemory(config.ringSize(), config.maxCommandBytes());
        ring = createRing(config, memory);
        final int maxRecordsBytes = config.journal().maxCommitBytes() - JournalFormat.COMMIT_HEADER_LENGTH;
        records = new RecordRing(maxRecordsBytes);
        slotRecords = new SlotRecords(config.ringSize());
        pending = new PendingOutcomes(config.ringSize(), config.journal().maxResultBytes(), sender);
        forceAgent = new ForceAgent(journal, pending, config.forceIntervalNs(), this::fail);
        forceThread = new Thread(forceAgent, "millrace-force");
        final OutcomeStep outcomeStep =
                new OutcomeStep(ring, records, slotRecords, sender, pending, forceAgent, lifecycle);
        passed = outcomeStep.passed();
        space = new RecordSpace(slotRecords, config.ringSize(), records, passed, lifecycle);
        final JournalStep journalStep =
                new JournalStep(journal, records, slotRecords, outcomeStep, lifecycle, maxRecordsBytes);
        final DecideStep decideStep = new DecideStep(journal, machine, memory, records, slotRecords);
        pipeline = new Pipeline(
                new Pipeline.Steps(ring, records, space, decideStep, journalStep, lifecycle, this::fail),
                config.layout(),
                config.maxBatchCommands(),
                passed);
        undertaker = new Thread(
                new Undertaker(ring, pipeline, journalStep, outcomeStep, pending, sender, config.closeTimeoutNs()),
                "millrace-undertaker");
        undertaker.setDaemon(true);
    }

    private static RingBuffer<CommandSlot> createRing(final EngineConfig config, final SlotMemory memory) {
        final MutableInteger next = new MutableInteger();
        return RingBuffer.createMultiProducer(
                () -> new CommandSlot(memory, next.getAndIncrement()),
                config.ringSize(),
                config.waitStrategy().get());
    }

    /**
     * Opens, replays and starts.
     *
     * @param config where and how
     * @param machine in its empty state
     * @return the running engine
     */
    public static Engine launch(final EngineConfig config, final StateMachine machine) {
        Objects.requireNonNull(machine, "machine");
        final Journal journal = Journal.open(config.journal(), new Replay(machine, config.recoveryListener()));
        try {
            final DisruptorEngine engine = new DisruptorEngine(config, machine, journal);
            engine.forceThread.start();
            engine.pipeline.start();
            return engine;
        } catch (final Throwable e) {
            journal.close();
            throw e;
        }
    }

    /** Applies what the journal holds. */
    private record Replay(StateMachine machine, RecoveryListener listener) implements JournalHandler {
        @Override
        public void onEvent(final EventView event) {
            DecideStep.apply(machine, event);
        }

        @Override
        public void onCommitEnd(final long lastSequence) {
            listener.onReplayed(lastSequence);
        }
    }

    @Override
    public Publisher newPublisher(final long clientId, final OutcomeHandler handler) {
        Objects.requireNonNull(handler, "handler");
        final int id = sender.register(handler, EngineConfig.MAX_PUBLISHERS);
        return new RingPublisher(ring, memory, lifecycle, config.maxCommandBytes(), clientId, id);
    }

    @Override
    public <T> CompletableFuture<T> inspect(final Function<StateMachine, T> question) {
        Objects.requireNonNull(question, "question");
        final CompletableFuture<T> answer = new CompletableFuture<>();
        final long sequence = RingPublisher.claim(ring, lifecycle);
        if (sequence < 0) {
            answer.completeExceptionally(new PublishException(sequence));
            return answer;
        }
        final CommandSlot slot = ring.get(sequence);
        slot.fillInspection(new Inspection<>(question, answer));
        ring.publish(sequence);
        return answer;
    }

    @Override
    public CompletableFuture<Long> stateHash() {
        return inspect(StateHash::of);
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public RingFeed newRingFeed() {
        return new RingSubscription(ring, space, slotRecords, records, passed);
    }

    @Override
    public int ringSize() {
        return config.ringSize();
    }

    @Override
    public Health health() {
        return new Health(
                lifecycle.state(),
                lifecycle.failure(),
                journal.journaledSequence(),
                journal.syncedSequence(),
                Math.max(0, ring.getCursor() - passed.get()),
                sender.failures());
    }

    @Override
    public long recoveredEvents() {
        return recoveredEvents;
    }

    /** Any thread, stages included. */
    private void fail(final Throwable cause) {
        if (lifecycle.fail(cause)) {
            LOG.error("the engine has failed and stopped: journaledSequence={}", journal.journaledSequence(), cause);
            pipeline.halt();
            undertaker.start();
        }
    }

    @Override
    public synchronized void close() {
        if (released) {
            return;
        }
        lifecycle.closing();
        awaitDrained();
        if (!lifecycle.isFailed()) {
            pipeline.halt();
        }
        release();
        lifecycle.closed();
        released = true;
        if (lifecycle.isFailed()) {
            throw new EngineFailedException(
                    "engine must not have failed: " + lifecycle.failure().getMessage(), lifecycle.failure());
        }
    }

    /** Every claim up to the cursor was made before publishers could see the state change; later ones give back. */
    private void awaitDrained() {
        final long cursor = ring.getCursor();
        final long deadlineNs = System.nanoTime() + config.closeTimeoutNs();
        while (!lifecycle.isFailed() && (passed.get() < cursor || !pending.isEmpty())) {
            if (System.nanoTime() - deadlineNs > 0) {
                fail(new EngineFailedException(
                        "commands must be answered within closeTimeoutNs: timeoutNs=" + config.closeTimeoutNs()
                                + ", unanswered="
                                + (cursor - passed.get()),
                        null));
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void release() {
        boolean interrupted = false;
        try {
            pipeline.awaitEnd(config.closeTimeoutNs());
            forceAgent.stop();
            TimeUnit.NANOSECONDS.timedJoin(forceThread, config.closeTimeoutNs());
            if (lifecycle.isFailed()) {
                TimeUnit.NANOSECONDS.timedJoin(undertaker, config.closeTimeoutNs());
            }
        } catch (final InterruptedException e) {
            interrupted = true;
        } finally {
            journal.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
