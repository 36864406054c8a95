package io.millrace.journal.internal;

import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;

/** Reads forward from a sequence. Starts lazily, so that it may be opened ahead of the journal. */
final class ForwardReader implements JournalReader {
    private final CommitCursor cursor;
    private final CommitIndex index;
    private final ReaderGate gate;
    private final CommitCursor.Progress progress = new CommitCursor.Progress();
    private boolean positioned;

    ForwardReader(final CommitCursor cursor, final CommitIndex index, final ReaderGate gate, final long fromSequence) {
        this.cursor = cursor;
        this.index = index;
        this.gate = gate;
        seek(fromSequence);
    }

    @Override
    public void seek(final long fromSequence) {
        if (fromSequence < 1) {
            throw new IllegalArgumentException("fromSequence must be at least 1: " + fromSequence);
        }
        progress.nextSequence = fromSequence;
        positioned = false;
    }

    @Override
    public int poll(final JournalHandler handler, final int maxCommits) {
        gate.enter();
        try {
            return pollOpen(handler, maxCommits);
        } finally {
            gate.leave();
        }
    }

    private int pollOpen(final JournalHandler handler, final int maxCommits) {
        if (!positioned) {
            position();
        }
        int commits = 0;
        while (commits < maxCommits && cursor.open()) {
            deliver(handler);
            commits++;
        }
        return commits;
    }

    private void deliver(final JournalHandler handler) {
        boolean delivered = false;
        try {
            if (cursor.expectedFirst() > progress.nextSequence || cursor.eventCount() == 0) {
                cursor.deliver(handler, progress.nextSequence, progress);
            }
            delivered = true;
        } finally {
            if (delivered) {
                cursor.close();
            } else {
                cursor.rewind();
            }
        }
    }

    private void position() {
        final long floor = index.floor(progress.nextSequence);
        if (floor < 0 || progress.nextSequence == 1) {
            cursor.toStart();
        } else {
            cursor.toIndex(floor);
        }
        positioned = true;
    }

    @Override
    public long nextSequence() {
        return progress.nextSequence;
    }

    @Override
    public void close() {
        cursor.release();
    }
}
