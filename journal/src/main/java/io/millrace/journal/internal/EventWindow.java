package io.millrace.journal.internal;

import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** The events of one commit by number, and a window over the next of them. */
final class EventWindow implements EventBatch {
    private final EventView event = new EventView();
    private DirectBuffer buffer;
    private int[] offsets = new int[MAX_EVENTS];
    private int count;
    private long firstSequence;
    private int start;
    private int size;

    /** Forgets the events of the commit before. */
    void begin(final DirectBuffer commit, final long firstSequenceOfCommit) {
        buffer = commit;
        firstSequence = firstSequenceOfCommit;
        count = 0;
    }

    void add(final int eventOffset) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        offsets[count++] = eventOffset;
    }

    int count() {
        return count;
    }

    /** Of an event's record in the commit. */
    int offset(final int index) {
        return offsets[index];
    }

    /** Moves the window to an event and those behind it. */
    EventBatch from(final int index) {
        start = index;
        size = Math.min(MAX_EVENTS, count - index);
        return this;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public EventView get(final int index) {
        return event.wrap(buffer, offsets[start + index], firstSequence + start + index, 0);
    }
}
