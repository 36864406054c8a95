package io.millrace.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeStatus;
import io.millrace.journal.CommandView;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PendingOutcomesTest {
    private static final int CAPACITY = 8;
    private static final int MAX_RESULT_BYTES = 40;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[256]);
    private final SlotOutcome outcome = new SlotOutcome(record);
    private final CommandSlot slot = new CommandSlot(new SlotMemory(1, 0), 0);
    private final List<Outcome> sent = new ArrayList<>();
    private final OutcomeSender sender = new OutcomeSender(cause -> {});
    private final int publisherId = sender.register(view -> sent.add(view.copy()), 1);
    private PendingOutcomes pending = PendingOutcomes.of(CAPACITY, 2, MAX_RESULT_BYTES, sender);

    /** Adds the outcome of a command as its record tells it, and returns how it should be sent. */
    private Outcome add(final long requestId, final boolean accepted, final int events, final byte[] result) {
        final int length = JournalFormat.COMMAND_HEADER_LENGTH + JournalFormat.align(result.length);
        record.putInt(JournalFormat.COMMAND_LENGTH_OFFSET, length, JournalFormat.BYTE_ORDER);
        record.putLong(JournalFormat.COMMAND_CLIENT_ID_OFFSET, -requestId, JournalFormat.BYTE_ORDER);
        record.putLong(JournalFormat.COMMAND_REQUEST_ID_OFFSET, requestId, JournalFormat.BYTE_ORDER);
        record.putByte(JournalFormat.COMMAND_STATUS_OFFSET, (byte)
                (accepted ? JournalFormat.STATUS_ACCEPTED : JournalFormat.STATUS_REJECTED));
        record.putShort(JournalFormat.COMMAND_CODE_OFFSET, (short) 7, JournalFormat.BYTE_ORDER);
        record.putShort(JournalFormat.COMMAND_EVENT_COUNT_OFFSET, (short) events, JournalFormat.BYTE_ORDER);
        record.putShort(JournalFormat.COMMAND_RESULT_LENGTH_OFFSET, (short) result.length, JournalFormat.BYTE_ORDER);
        record.putBytes(JournalFormat.COMMAND_HEADER_LENGTH, result);
        slot.fillCommand(1, publisherId, -requestId, requestId, Durability.SYNCED, 0);
        pending.add(outcome.decided(new CommandView().wrap(record, 0, 100, 0)), slot);
        return new Outcome(
                -requestId,
                requestId,
                accepted ? OutcomeStatus.ACCEPTED : OutcomeStatus.REJECTED,
                7,
                events == 0 ? 0 : 100,
                events == 0 ? 0 : 99 + events,
                Durability.SYNCED,
                result);
    }

    @Test
    void shouldSendWhatWasAddedInOrderOverManyLaps() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<Outcome> added = new ArrayList<>();
        final Queue<Long> tails = new ArrayDeque<>();
        for (int i = 0; i < 10_000; i++) {
            if (pending.isFull() || random.nextInt(6) == 0) {
                pending.completeSynced(tails.isEmpty() || random.nextBoolean() ? pending.tail() : tails.remove());
            }
            if (!pending.isFull()) {
                final byte[] result = new byte[random.nextInt(3) == 0 ? random.nextInt(MAX_RESULT_BYTES + 1) : 0];
                random.nextBytes(result);
                added.add(add(i, random.nextBoolean(), random.nextInt(3), result));
                tails.add(pending.tail());
            }
        }
        pending.completeSynced(pending.tail());

        assertEquals(added, sent, "seed=" + seed);
        assertTrue(pending.isEmpty());
    }

    @Test
    void shouldBeFullWhenThereIsNoRoomForTheLongestResult() {
        int count = 0;
        while (!pending.isFull()) {
            add(count++, true, 1, new byte[MAX_RESULT_BYTES]);
        }
        assertTrue(count >= 2 && count < CAPACITY, "count=" + count);

        pending.completeSynced(1);

        assertFalse(pending.isFull());
    }

    @Test
    void shouldHaveRoomForTheLongestResultOnceAllWereSent() {
        for (int length = 0; length <= MAX_RESULT_BYTES; length++) {
            pending = PendingOutcomes.of(CAPACITY, 1, MAX_RESULT_BYTES, sender);
            while (!pending.isFull()) {
                add(1, true, 1, new byte[length]);
            }
            pending.completeSynced(pending.tail());
            assertFalse(pending.isFull(), "length=" + length);
        }
    }

    @Test
    void shouldBeFullWhenAllPlacesAreTaken() {
        for (int i = 0; i < CAPACITY; i++) {
            assertFalse(pending.isFull());
            add(i, true, 1, new byte[0]);
        }
        assertTrue(pending.isFull());
        assertEquals(CAPACITY, pending.size());
    }

    @Test
    void shouldCompleteTheFutureOfItsCommandAndOfNoOther() throws Exception {
        final CompletableFuture<Outcome> future = new CompletableFuture<>();
        slot.future(future);
        final Outcome first = add(1, true, 1, new byte[] {1, 2, 3});
        slot.clearReferences();
        final List<Outcome> others = new ArrayList<>();
        for (int i = 2; i < 3 * CAPACITY; i++) {
            others.add(add(i, true, 1, new byte[0]));
            pending.completeSynced(pending.tail());
        }
        assertEquals(first, future.get());
        assertEquals(others, sent);
    }

    @Test
    void shouldTellNothingButWhoseTheyWereWhenTheyAreAbandoned() {
        add(1, true, 2, new byte[] {1});
        pending.abandon();
        final Outcome abandoned = sent.get(0);
        assertEquals(OutcomeStatus.UNKNOWN, abandoned.status());
        assertEquals(-1, abandoned.clientId());
        assertEquals(1, abandoned.requestId());
        assertEquals(0, abandoned.result().length);
        assertNull(abandoned.level());
        assertTrue(pending.isEmpty());
    }
}
