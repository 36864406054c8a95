package io.millrace.journal.internal;

import io.millrace.journal.JournalHandler;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A piece of a file in memory, with the good commits in it and the places of their events. For one thread at a time. */
final class ScanPiece implements AutoCloseable {
    private static final int MIN_COMMITS = 16;
    private static final int MIN_EVENTS = 4096;

    private final OneBuffer memory = new OneBuffer();
    private long[] addresses = new long[MIN_COMMITS];
    private int[] eventCounts = new int[MIN_COMMITS];
    private int[] eventOffsets = new int[MIN_EVENTS];
    private int commits;
    private int events;

    /** Starts over: memory for the next piece. */
    ByteBuffer begin(final int minBytes) {
        commits = 0;
        events = 0;
        return memory.next(minBytes);
    }

    /** Adds a commit that lies in the memory and was found good. */
    void add(final CommitView commit) {
        if (commits == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * commits);
            eventCounts = Arrays.copyOf(eventCounts, 2 * commits);
        }
        final EventWindow window = commit.window();
        final int count = window.count();
        if (events + count > eventOffsets.length) {
            eventOffsets = Arrays.copyOf(eventOffsets, Math.max(2 * eventOffsets.length, events + count));
        }
        window.copyOffsets(eventOffsets, events);
        addresses[commits] = commit.address();
        eventCounts[commits++] = count;
        events += count;
    }

    /** Hands everything out, by a view of the same journal. */
    void deliver(final CommitView view, final JournalHandler handler, final CommitView.Progress progress) {
        int event = 0;
        for (int i = 0; i < commits; i++) {
            view.show(addresses[i], eventOffsets, event, eventCounts[i]);
            event += eventCounts[i];
            view.deliver(handler, progress);
        }
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        memory.close();
    }
}
