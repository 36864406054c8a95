package io.millrace.projections.internal;

import io.millrace.engine.RingFeed;
import io.millrace.journal.CommandEncoder;
import io.millrace.journal.CommandView;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A real journal, and a ring that does what a test wants. The ring keeps everything that was appended; what is lost at a
 * join, how often a slot comes, and what throws is for the test to say.
 */
final class FakeSource implements EventSource, AutoCloseable {
    static final int RING_SIZE = 16;
    static final JournalHandler IGNORE = event -> {};

    final Journal journal;
    final List<Feed> feeds = new CopyOnWriteArrayList<>();
    volatile int slotsLostAtJoin;
    volatile boolean silent;
    volatile boolean deliversTwice;
    volatile RuntimeException pollFailure;
    volatile RuntimeException joinFailure;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 << 10]);
    private final List<Slot> slots = new CopyOnWriteArrayList<>();

    private record Slot(UnsafeBuffer record, long firstSequence, long timestampNs) {}

    FakeSource(final Path directory) {
        journal =
                Journal.open(JournalConfig.at(directory).blockSizeBytes(1 << 20).maxCommitBytes(1 << 18), IGNORE);
    }

    /** Appends one commit that holds one command with its events; the ring gets it, too. */
    void append(final long... values) {
        final CommandEncoder encoder = journal.commandEncoder();
        final long firstSequence = encoder.nextSequence();
        encoder.begin(buffer, 0, buffer.capacity());
        for (final long value : values) {
            buffer.putLong(encoder.claimEvent(1, 0, value, Long.BYTES), value);
        }
        final int length = encoder.end(0, 0, true, 0, Durability.JOURNALED, 0);
        final long nowNs = journal.nowNs();
        journal.append(buffer, 0, length, 1, values.length, nowNs);
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, buffer, 0, length);
        slots.add(new Slot(copy, firstSequence, nowNs));
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public RingFeed newRingFeed() {
        final Feed feed = new Feed();
        feeds.add(feed);
        return feed;
    }

    @Override
    public int ringSize() {
        return RING_SIZE;
    }

    @Override
    public void close() {
        journal.close();
    }

    final class Feed implements RingFeed {
        volatile int joins;
        volatile boolean closed;
        private int position = -1;

        @Override
        public void join() {
            if (joinFailure != null) {
                throw joinFailure;
            }
            position = slots.size() + slotsLostAtJoin;
            joins++;
        }

        @Override
        public int poll(final JournalHandler handler, final int maxCommands) {
            if (pollFailure != null) {
                leave();
                throw pollFailure;
            }
            final int start = position;
            final int end = silent ? start : Math.min(slots.size(), start + maxCommands);
            boolean delivered = false;
            try {
                for (int i = start; i < end; i++) {
                    deliver(slots.get(i), handler);
                    if (deliversTwice) {
                        deliver(slots.get(i), handler);
                    }
                }
                delivered = true;
            } finally {
                position = delivered ? Math.max(start, end) : -1;
            }
            return Math.max(0, end - start);
        }

        private void deliver(final Slot slot, final JournalHandler handler) {
            final CommandView command =
                    new CommandView().wrap(slot.record(), 0, slot.firstSequence(), slot.timestampNs());
            handler.onCommand(command);
            int offset = command.eventsOffset();
            long sequence = slot.firstSequence();
            for (int i = 0; i < command.eventCount(); i++) {
                final EventView event = new EventView().wrap(slot.record(), offset, sequence++, slot.timestampNs());
                handler.onEvent(event);
                offset += JournalFormat.align(JournalFormat.EVENT_HEADER_LENGTH + event.length());
            }
            handler.onCommitEnd(sequence - 1);
        }

        @Override
        public long lag() {
            return position < 0 ? 0 : Math.max(0, slots.size() - position);
        }

        @Override
        public void leave() {
            position = -1;
        }

        @Override
        public void close() {
            leave();
            closed = true;
        }
    }
}
