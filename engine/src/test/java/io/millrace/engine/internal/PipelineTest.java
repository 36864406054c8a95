package io.millrace.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SleepingWaitStrategy;
import io.millrace.engine.Commands;
import io.millrace.engine.CounterMachine;
import io.millrace.engine.Eventually;
import io.millrace.engine.Outcomes;
import io.millrace.engine.StageLayout;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalHandler;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stages on a ring of the test's own. */
class PipelineTest {
    private static final int RING_SIZE = 8;
    private static final int MAX_COMMAND_BYTES = 64;
    private static final int MAX_RECORD_BYTES = 1024;

    @TempDir
    Path directory;

    private final Lifecycle lifecycle = new Lifecycle();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final OutcomeSender sender = new OutcomeSender(this::fail);
    private final PendingOutcomes pending = PendingOutcomes.forRing(RING_SIZE, MAX_RECORD_BYTES, sender);
    private final SlotMemory memory = new SlotMemory(RING_SIZE, MAX_COMMAND_BYTES);
    private final RecordRing records = new RecordRing(MAX_RECORD_BYTES);
    private final SlotRecords slotRecords = new SlotRecords(RING_SIZE);
    private final Sequence passed = new Sequence();
    private final Outcomes outcomes = new Outcomes();
    private final CounterMachine machine = new CounterMachine();
    private int slots;
    private final RingBuffer<CommandSlot> ring = RingBuffer.createMultiProducer(
            () -> new CommandSlot(memory, slots++), RING_SIZE, new SleepingWaitStrategy());
    private Pipeline pipeline;

    private void fail(final Throwable cause) {
        if (lifecycle.fail(cause)) {
            failure.set(cause);
            pipeline.halt();
        }
    }

    private Pipeline pipeline(final Journal journal, final StageLayout layout) {
        final ForceAgent forceAgent = new ForceAgent(journal, pending, passed, 1, this::fail);
        final OutcomeStep outcomeStep =
                new OutcomeStep(ring, records, slotRecords, sender, pending, forceAgent, passed, lifecycle);
        final JournalStep journalStep =
                new JournalStep(journal, records, slotRecords, outcomeStep, lifecycle, MAX_RECORD_BYTES);
        final RecordSpace space = new RecordSpace(slotRecords, RING_SIZE, records, passed, lifecycle);
        final DecideStep decideStep = new DecideStep(journal, machine, memory, records, slotRecords);
        final ReadAhead readAhead = new ReadAhead(ring, machine, journal.commandEncoder(), memory);
        return new Pipeline(
                new Pipeline.Steps(ring, records, space, readAhead, decideStep, journalStep, lifecycle, this::fail),
                layout,
                RING_SIZE,
                passed);
    }

    private Journal openJournal(final StageLayout layout) {
        return Journal.open(Commands.config(directory, layout).journal(), new JournalHandler() {
            @Override
            public void onEvent(final EventView event) {
                throw new AssertionError("journal must be new");
            }
        });
    }

    /** A publisher may have looked at the state before the failure, and claim a slot after it. */
    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldFreeNoSlotThatWasNotAnsweredWhenFailing(final StageLayout layout) throws Exception {
        try (Journal opened = openJournal(layout)) {
            final FaultyJournal journal = new FaultyJournal(opened);
            journal.onAppend = number -> {
                throw FaultyJournal.askedTo();
            };
            pipeline = pipeline(journal, layout);
            fillRing(journal);
            pipeline.start();

            Eventually.until("a failure", () -> failure.get() != null);
            assertTrue(pipeline.awaitEnd(TimeUnit.SECONDS.toNanos(Eventually.PATIENCE_SECONDS)));

            assertEquals(0, ring.remainingCapacity());
            assertEquals(-1, passed.get());
            assertEquals(0, outcomes.all().size());
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldFreeSlotsOnceTheyAreAnswered(final StageLayout layout) throws Exception {
        try (Journal journal = openJournal(layout)) {
            pipeline = pipeline(journal, layout);
            fillRing(journal);
            pipeline.start();

            outcomes.await(RING_SIZE);
            Eventually.until("an empty ring", () -> ring.remainingCapacity() == RING_SIZE);
            pipeline.halt();

            assertTrue(pipeline.awaitEnd(TimeUnit.SECONDS.toNanos(Eventually.PATIENCE_SECONDS)));
            assertEquals(RING_SIZE, journal.journaledSequence());
        }
    }

    private void fillRing(final Journal journal) {
        final int publisherId = sender.register(outcomes, 1);
        final RingPublisher publisher =
                new RingPublisher(ring, memory, lifecycle, journal, MAX_COMMAND_BYTES, 1, publisherId);
        for (int request = 0; request < RING_SIZE; request++) {
            assertEquals(request, Commands.offer(publisher, CounterMachine.ADD, request));
        }
    }
}
