package io.millrace.journal.internal;

import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalFormat;
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

    /** Shows the events of a commit at places that are known. */
    void show(
            final DirectBuffer commit,
            final long firstSequenceOfCommit,
            final int[] source,
            final int from,
            final int length) {
        begin(commit, firstSequenceOfCommit);
        if (length > offsets.length) {
            offsets = new int[Math.max(2 * offsets.length, length)];
        }
        System.arraycopy(source, from, offsets, 0, length);
        count = length;
    }

    /** Puts the places of all events into an array, from an index on. */
    void copyOffsets(final int[] target, final int index) {
        System.arraycopy(offsets, 0, target, index, count);
    }

    /** Puts the streams of an event and of those behind it into an array, a window's worth; returns how many these are. */
    int streamIds(final int index, final long[] target) {
        final int length = Math.min(MAX_EVENTS, count - index);
        for (int i = 0; i < length; i++) {
            target[i] =
                    buffer.getLong(offsets[index + i] + JournalFormat.EVENT_STREAM_ID_OFFSET, JournalFormat.BYTE_ORDER);
        }
        return length;
    }

    long streamVersion(final int index) {
        return buffer.getLong(offsets[index] + JournalFormat.EVENT_STREAM_VERSION_OFFSET, JournalFormat.BYTE_ORDER);
    }

    long previousSequence(final int index) {
        return buffer.getLong(offsets[index] + JournalFormat.EVENT_PREVIOUS_SEQUENCE_OFFSET, JournalFormat.BYTE_ORDER);
    }

    int typeId(final int index) {
        return buffer.getShort(offsets[index] + JournalFormat.EVENT_TYPE_ID_OFFSET, JournalFormat.BYTE_ORDER)
                & JournalFormat.MAX_U16;
    }

    long sequence(final int index) {
        return firstSequence + index;
    }

    /** Valid until the next call. */
    EventView event(final int index) {
        return event.wrap(buffer, offsets[index], sequence(index), 0);
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
        return event(start + index);
    }
}
