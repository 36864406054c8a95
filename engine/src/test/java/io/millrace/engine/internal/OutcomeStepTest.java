package io.millrace.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SleepingWaitStrategy;
import io.millrace.engine.OutcomeHandler;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.Outcomes;
import io.millrace.journal.Durability;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A record that lies outside of the buffer stands for whatever may go wrong in the middle of a batch's outcomes. */
class OutcomeStepTest {
    private static final int RING_SIZE = 4;

    private final OutcomeSender sender = new OutcomeSender(cause -> {});
    private final PendingOutcomes pending = PendingOutcomes.forRing(RING_SIZE, 64, sender);
    private final SlotMemory memory = new SlotMemory(RING_SIZE, 64);
    private final RecordRing records = new RecordRing(1024);
    private final SlotRecords slotRecords = new SlotRecords(RING_SIZE);
    private final Sequence passed = new Sequence();
    private final Outcomes outcomes = new Outcomes();
    private int slots;
    private final RingBuffer<CommandSlot> ring = RingBuffer.createMultiProducer(
            () -> new CommandSlot(memory, slots++), RING_SIZE, new SleepingWaitStrategy());
    private final OutcomeStep step =
            new OutcomeStep(ring, records, slotRecords, sender, pending, null, passed, new Lifecycle());

    /** Three commands; the record of the second cannot be read. */
    private void publish(final OutcomeHandler handler) {
        final int publisherId = sender.register(handler, 1);
        for (int request = 0; request < 3; request++) {
            final CommandSlot slot = ring.get(request);
            slot.fillCommand(1, publisherId, 1, request, Durability.JOURNALED, 0);
            slotRecords.none(request);
        }
        slotRecords.record(1, records.buffer().capacity(), 32, 1, 1);
    }

    @Test
    void shouldLeaveWhatItCouldNotAnswerWhenItFails() {
        publish(outcomes);

        assertThrows(IndexOutOfBoundsException.class, () -> step.sendUpTo(2));

        assertEquals(0, step.takeOver());
        assertEquals(List.of(0L), outcomes.requestIds());
        assertEquals(-1, passed.get());
    }

    @Test
    void shouldAnswerTheRestItselfWhenItFailsAfterTheOthersWereTakenOver() {
        publish(outcome -> {
            if (outcome.requestId() == 0) {
                assertEquals(2, step.takeOver());
            }
            outcomes.onOutcome(outcome);
        });

        assertThrows(IndexOutOfBoundsException.class, () -> step.sendUpTo(2));

        assertEquals(List.of(0L, 1L, 2L), outcomes.requestIds());
        assertEquals(OutcomeStatus.UNKNOWN, outcomes.of(1).status());
        assertEquals(OutcomeStatus.UNKNOWN, outcomes.of(2).status());
        assertEquals(-1, passed.get());
    }
}
