package io.millrace.engine.internal;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.millrace.engine.RingFeed;
import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import org.agrona.concurrent.UnsafeBuffer;

/** A reader of the ring behind the journal stage; gates the ring and the records while it has joined. */
final class RingSubscription implements RingFeed {
    private final RingBuffer<CommandSlot> ring;
    private final RecordSpace space;
    private final SlotRecords slotRecords;
    private final int slotMask;
    private final UnsafeBuffer records;
    private final Sequence journalSequence;
    private final CommandView command = new CommandView();
    private final EventView event = new EventView();
    private Sequence position;

    RingSubscription(
            final RingBuffer<CommandSlot> ring,
            final RecordSpace space,
            final SlotRecords slotRecords,
            final RecordRing records,
            final Sequence journalSequence) {
        this.ring = ring;
        this.space = space;
        this.slotRecords = slotRecords;
        slotMask = ring.getBufferSize() - 1;
        this.records = records.buffer();
        this.journalSequence = journalSequence;
    }

    /**
     * The ring is held first: while {@link RecordSpace} knows this position, its slot must not be reused, or the slot would
     * tell the end of a later record. The position then moves up to the cursor again, because records behind the first
     * one may have been given up before {@link RecordSpace} knew of it.
     */
    @Override
    public void join() {
        if (position != null) {
            throw new IllegalStateException("feed must leave before it joins again");
        }
        position = new Sequence();
        ring.addGatingSequences(position);
        space.add(position);
        position.set(ring.getCursor());
    }

    /** What lies behind the journaled sequence was appended with success, so it may be delivered in any state. */
    @Override
    public int poll(final JournalHandler handler, final int maxCommands) {
        if (position == null || maxCommands < 1) {
            throw new IllegalStateException("feed must have joined, and maxCommands be at least 1: joined="
                    + (position != null) + ", maxCommands=" + maxCommands);
        }
        final long start = position.get();
        final long available = Math.min(journalSequence.get(), start + maxCommands);
        if (available <= start) {
            return 0;
        }
        boolean delivered = false;
        try {
            for (long sequence = start + 1; sequence <= available; sequence++) {
                final int slot = (int) sequence & slotMask;
                if (slotRecords.length(slot) > 0) {
                    deliver(slot, handler);
                }
            }
            delivered = true;
        } finally {
            if (delivered) {
                position.set(available);
            } else {
                leave();
            }
        }
        return (int) (available - start);
    }

    /** The record holds its timestamp as a difference to that of its commit, which lies no longer beside it. */
    private void deliver(final int slot, final JournalHandler handler) {
        final int recordOffset = slotRecords.offset(slot);
        final long timestampNs = slotRecords.timestampNs(slot);
        final long firstSequence = slotRecords.firstSequence(slot);
        final long deltaNs =
                records.getInt(recordOffset + JournalFormat.COMMAND_TIMESTAMP_DELTA_OFFSET, JournalFormat.BYTE_ORDER)
                        & 0xFFFF_FFFFL;
        handler.onCommand(command.wrap(records, recordOffset, firstSequence, timestampNs - deltaNs));
        final long end = firstSequence + command.eventCount();
        int offset = command.eventsOffset();
        for (long sequence = firstSequence; sequence < end; sequence++) {
            handler.onEvent(event.wrap(records, offset, sequence, timestampNs));
            offset += JournalFormat.align(
                    records.getInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, JournalFormat.BYTE_ORDER));
        }
        handler.onCommitEnd(end - 1);
    }

    /**
     * Slots and records are both held; the share of the records counts as if it were slots. It is counted from where the
     * first unread record starts: the end of the one before it may lie behind room that was skipped.
     */
    @Override
    public long lag() {
        if (position == null) {
            return 0;
        }
        final long read = position.get();
        final long journaled = journalSequence.get();
        if (journaled <= read) {
            return 0;
        }
        final int first = (int) (read + 1) & slotMask;
        final long start = slotRecords.endPosition(first) - slotRecords.length(first);
        final long bytes = slotRecords.endPosition((int) journaled & slotMask) - start;
        return Math.max(journaled - read, bytes * (slotMask + 1) / records.capacity());
    }

    @Override
    public void leave() {
        if (position != null) {
            space.remove(position);
            ring.removeGatingSequence(position);
            position = null;
        }
    }

    @Override
    public void close() {
        leave();
    }
}
