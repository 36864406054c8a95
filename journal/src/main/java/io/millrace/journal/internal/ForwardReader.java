package io.millrace.journal.internal;

import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;

/** Reads forward from a sequence. Starts lazily, so that it may be opened ahead of the journal. */
final class ForwardReader implements JournalReader {
    private final CommitCursor cursor;
    private final CommitIndex index;
    private final ReaderGate gate;
    private final Retention retention;
    private final CommitView.Progress progress = new CommitView.Progress();
    private boolean positioned;

    /** Whether it has read up to where it is to start; until then it needs what it was moved to. Read by retention. */
    private volatile boolean pastStart;

    ForwardReader(
            final CommitCursor cursor,
            final CommitIndex index,
            final ReaderGate gate,
            final Retention retention,
            final long fromSequence) {
        this.cursor = cursor;
        this.index = index;
        this.gate = gate;
        this.retention = retention;
        seek(fromSequence);
    }

    @Override
    public void seek(final long fromSequence) {
        if (fromSequence < 1) {
            throw new IllegalArgumentException("fromSequence must be at least 1: " + fromSequence);
        }
        pastStart = false;
        // Held from there on first: what is held is not deleted.
        retention.readFrom(this, fromSequence);
        progress.nextSequence = fromSequence;
        progress.resumeOffset = 0;
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
        if (maxCommits < 1) {
            throw new IllegalArgumentException("maxCommits must be at least 1: " + maxCommits);
        }
        if (!positioned && !position()) {
            return 0;
        }
        int commits = 0;
        while (commits < maxCommits && cursor.open()) {
            deliver(handler);
            commits++;
        }
        return commits;
    }

    private void deliver(final JournalHandler handler) {
        try {
            // A commit that ends right before the next sequence may still hold commands without events behind its last.
            if (cursor.expectedFirst() >= progress.nextSequence) {
                if (!pastStart) { // spares a volatile store for each commit
                    pastStart = true;
                }
                cursor.deliver(handler, progress);
            }
        } catch (final Throwable e) {
            rewind(e);
            throw e;
        }
        cursor.close();
    }

    private void rewind(final Throwable failure) {
        try {
            cursor.rewind();
        } catch (final RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Starts at a commit that holds an event before the next sequence, so as to meet all that stands between the two.
     *
     * @return false while there is no commit: where a file has no header yet, Chronicle would wait for it
     */
    private boolean position() {
        if (index.isEmpty()) {
            return false;
        }
        // What comes before the start of the journal cannot be asked for; the commit before the sequence may be there.
        boolean moved = false;
        while (!moved) {
            final long from = Math.max(retention.firstSequence(), progress.nextSequence - 1);
            moved = retention.moveTo(cursor, index, from, this);
        }
        positioned = true;
        return true;
    }

    boolean isPastStart() {
        return pastStart;
    }

    @Override
    public long nextSequence() {
        return progress.nextSequence;
    }

    @Override
    public void close() {
        retention.letGo(this);
        cursor.release();
    }
}
