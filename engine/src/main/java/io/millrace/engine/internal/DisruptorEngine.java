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
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
    private final OutcomeSender sender = new OutcomeSender(this::fail);
    private final RingBuffer<CommandSlot> ring;
    private final SlotMemory memory;
    private final RecordRing records;
    private final SlotRecords slotRecords;
    private final RecordSpace space;
    private final PendingOutcomes pending;
    private final ForceAgent forceAgent;
    private final Thread forceThread;
    private final Sequence passed = new Sequence();
    private final Pipeline pipeline;
    private final JournalStep journalStep;
    private final Undertaker undertaker;
    private final Thread undertakerThread;
    private final JournalClosing journalClosing;
    private boolean released;

    private DisruptorEngine(final EngineConfig config, final StateMachine machine, final Journal journal) {
        this.config = config;
        this.journal = journal;
        recoveredEvents = journal.journaledSequence();
        memory = new SlotMemory(config.ringSize(), config.maxCommandBytes());
        ring = createRing(config, memory);
        final int maxRecordsBytes = maxRecordsBytes(config);
        records = new RecordRing(maxRecordsBytes);
        slotRecords = new SlotRecords(config.ringSize());
        pending = PendingOutcomes.forRing(config.ringSize(), config.journal().maxResultBytes(), sender);
        forceAgent = new ForceAgent(journal, pending, passed, config.forceIntervalNs(), this::fail);
        forceThread = new Thread(forceAgent, "millrace-force");
        final OutcomeStep outcomeStep =
                new OutcomeStep(ring, records, slotRecords, sender, pending, forceAgent, passed, lifecycle);
        space = new RecordSpace(slotRecords, config.ringSize(), records, passed, lifecycle);
        journalStep = new JournalStep(journal, records, slotRecords, outcomeStep, lifecycle, maxRecordsBytes);
        final DecideStep decideStep = new DecideStep(journal, machine, memory, records, slotRecords);
        final ReadAhead readAhead = new ReadAhead(ring, machine, journal.commandEncoder(), memory);
        pipeline = new Pipeline(
                new Pipeline.Steps(ring, records, space, readAhead, decideStep, journalStep, lifecycle, this::fail),
                config.layout(),
                config.maxBatchCommands(),
                passed);
        undertaker = new Undertaker(ring, pipeline, journalStep, outcomeStep, pending, sender, config.closeTimeoutNs());
        undertakerThread = new Thread(undertaker, "millrace-undertaker");
        undertakerThread.setDaemon(true);
        journalClosing = new JournalClosing(journal);
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
        return launch(config, machine, UnaryOperator.identity());
    }

    /** With a journal put before the real one, which tests use to make it slow or broken. */
    static Engine launch(
            final EngineConfig config, final StateMachine machine, final UnaryOperator<Journal> journalWrapper) {
        Objects.requireNonNull(machine, "machine");
        requireReserve(config);
        final Journal journal =
                journalWrapper.apply(Journal.open(config.journal(), new Replay(machine, config.recoveryListener())));
        final DisruptorEngine engine;
        try {
            engine = new DisruptorEngine(config, machine, journal);
        } catch (final Throwable e) {
            journal.close();
            throw e;
        }
        engine.start();
        return engine;
    }

    /** What is decided when the disk becomes full has changed the state and must fit. */
    private static void requireReserve(final EngineConfig config) {
        final long neededBytes = RecordRing.maxUnjournaledBytes(maxRecordsBytes(config), config.ringSize());
        final int reserveBytes = config.journal().reserveBytes();
        if (reserveBytes / 2 < neededBytes) {
            throw new IllegalArgumentException(
                    "half of the journal's reserveBytes must hold what can be decided and not yet journaled: reserveBytes="
                            + reserveBytes + ", needed=" + 2 * neededBytes + ", maxCommitBytes="
                            + config.journal().maxCommitBytes() + ", ringSize=" + config.ringSize());
        }
    }

    private static int maxRecordsBytes(final EngineConfig config) {
        return config.journal().maxCommitBytes() - JournalFormat.COMMIT_HEADER_LENGTH;
    }

    private void start() {
        try {
            forceThread.start();
            pipeline.start();
        } catch (final Throwable e) {
            fail(e);
            close();
        }
    }

    /** Applies what the journal holds. */
    private static final class Replay implements JournalHandler {
        private final StateMachine machine;
        private final RecoveryListener listener;
        private boolean begun;

        private Replay(final StateMachine machine, final RecoveryListener listener) {
            this.machine = machine;
            this.listener = listener;
        }

        @Override
        public void onEvent(final EventView event) {
            if (event.sequence() > 1 && !begun) {
                throw new JournalException(
                        "state can only be rebuilt from the first event on, and the journal begins with" + " sequence "
                                + event.sequence() + ": the older ones were deleted");
            }
            begun = true;
            DecideStep.apply(machine, event);
        }

        @Override
        public void onAhead(final EventBatch events) {
            machine.prefetch(events);
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
        return new RingPublisher(ring, memory, lifecycle, journal, config.maxCommandBytes(), clientId, id);
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
                journal.isDiskFull(),
                journal.journaledSequence(),
                journal.syncedSequence(),
                Math.max(0, ring.getCursor() - passed.get()),
                sender.failures());
    }

    @Override
    public long recoveredEvents() {
        return recoveredEvents;
    }

    /** Any thread, stages included. Callers are released first: on a failed machine, logging may fail too. */
    private void fail(final Throwable cause) {
        if (lifecycle.fail(cause)) {
            pipeline.halt();
            undertakerThread.start();
            LOG.error("the engine has failed and stopped: journaledSequence={}", journal.journaledSequence(), cause);
        }
    }

    @Override
    public void close() {
        final Thread caller = Thread.currentThread();
        if (pipeline.runs(caller) || caller == forceThread || caller == undertakerThread) {
            throw new IllegalStateException(
                    "engine must not be closed by a thread that it must wait for: thread=" + caller.getName());
        }
        closeOnce();
    }

    private synchronized void closeOnce() {
        if (released) {
            return;
        }
        lifecycle.closing();
        awaitDrained();
        pipeline.halt();
        awaitThreads();
        requireJournalIdle();
        awaitJournalClosed();
        lifecycle.closed();
        released = true;
        journalClosing.rethrow();
        if (lifecycle.isFailed()) {
            throw failed("engine must not have failed");
        }
    }

    /** Every claim up to the cursor was made before publishers could see the state change; later ones give back. */
    private void awaitDrained() {
        final long cursor = ring.getCursor();
        if (!await(() -> lifecycle.isFailed() || passed.get() >= cursor && pending.isEmpty())) {
            fail(new EngineFailedException(
                    "commands must be answered within closeTimeoutNs: timeoutNs=" + config.closeTimeoutNs()
                            + ", notJournaled=" + (cursor - passed.get()) + ", notSynced=" + pending.size(),
                    null));
        }
    }

    private void awaitThreads() {
        pipeline.awaitEnd(config.closeTimeoutNs());
        forceAgent.stop();
        if (!Joining.await(List.of(forceThread), config.closeTimeoutNs())) {
            fail(new EngineFailedException(
                    "the last force must end within closeTimeoutNs: timeoutNs=" + config.closeTimeoutNs(), null));
        }
        if (lifecycle.isFailed()) {
            await(undertaker::hasAnswered);
        }
    }

    /** To unmap files beneath a thread that writes to them would end the whole process. */
    private void requireJournalIdle() {
        if (journalStep.isAppending() || forceAgent.isForcing()) {
            throw failed("the journal must be idle to be closed, close again later: appending="
                    + journalStep.isAppending() + ", forcing=" + forceAgent.isForcing());
        }
    }

    private void awaitJournalClosed() {
        if (!journalClosing.await(config.closeTimeoutNs())) {
            fail(new EngineFailedException(
                    "the journal must be forced and closed within closeTimeoutNs: timeoutNs=" + config.closeTimeoutNs(),
                    null));
            throw failed("the journal must be closed, close again later");
        }
    }

    private EngineFailedException failed(final String message) {
        return new EngineFailedException(message + ": " + lifecycle.failure().getMessage(), lifecycle.failure());
    }

    /** Looks until it is so or closeTimeoutNs are over. An interrupt is kept for later: closing is not left half done. */
    private boolean await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + config.closeTimeoutNs();
        boolean interrupted = false;
        boolean met = condition.getAsBoolean();
        while (!met && deadlineNs - System.nanoTime() > 0) {
            LockSupport.parkNanos(PAUSE_NS);
            interrupted |= Thread.interrupted();
            met = condition.getAsBoolean();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return met;
    }
}
