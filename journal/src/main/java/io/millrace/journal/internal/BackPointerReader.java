package io.millrace.journal.internal;

import io.millrace.journal.EventHandler;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFailedException;
import io.millrace.journal.StreamReader;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.LongArrayList;

/** Walks a stream by its back pointers; each step is a search for the commit that holds the sequence. */
final class BackPointerReader implements StreamReader {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(1);

    private final CommitCursor cursor;
    private final ChronicleJournal journal;
    private final CommitIndex index;
    private final StreamHeads heads;
    private final ReaderGate gate;
    private final Retention retention;
    private final EventView event = new EventView();
    private boolean open;
    private long openFirst;
    private long openLast;

    BackPointerReader(
            final CommitCursor cursor,
            final ChronicleJournal journal,
            final CommitIndex index,
            final StreamHeads heads,
            final ReaderGate gate,
            final Retention retention) {
        this.cursor = cursor;
        this.journal = journal;
        this.index = index;
        this.heads = heads;
        this.gate = gate;
        this.retention = retention;
    }

    @Override
    public int readBackward(final long streamId, final EventHandler handler, final int maxEvents) {
        gate.enter();
        try {
            long sequence = lastSequence(streamId);
            int events = 0;
            while (events < maxEvents && moveTo(sequence, streamId)) {
                sequence = event.previousSequence();
                handler.onEvent(event);
                events++;
            }
            return events;
        } finally {
            letGo();
            retention.letGo(this);
            gate.leave();
        }
    }

    @Override
    public int readForward(final long streamId, final EventHandler handler) {
        final LongArrayList sequences = new LongArrayList();
        readBackward(streamId, found -> sequences.addLong(found.sequence()), Integer.MAX_VALUE);
        gate.enter();
        try {
            for (int i = sequences.size() - 1; i >= 0; i--) {
                if (!moveTo(sequences.getLong(i), streamId)) {
                    throw new JournalException("events must not be deleted while they are read: sequence="
                            + sequences.getLong(i) + ", first sequence of the journal=" + retention.firstSequence());
                }
                handler.onEvent(event);
            }
            return sequences.size();
        } finally {
            letGo();
            retention.letGo(this);
            gate.leave();
        }
    }

    /**
     * The head may be decided and not journaled yet; the writer journals it, or poisons the journal, which ends this. A
     * writer that has stopped in between does neither, so the patience ends too.
     */
    @Override
    public long lastSequence(final long streamId) {
        final long last = heads.lastSequence(streamId);
        final long startNs = System.nanoTime();
        while (journal.journaledSequence() < last) {
            if (journal.failure() != null || journal.isClosed() || System.nanoTime() - startNs > PATIENCE_NS) {
                throw new JournalFailedException(
                        "stream must be journaled to be read: streamId=" + streamId + ", sequence=" + last,
                        journal.failure());
            }
            Thread.onSpinWait();
        }
        return last;
    }

    /** False if there is no such event, or not any more. */
    private boolean moveTo(final long sequence, final long streamId) {
        if (!open || sequence < openFirst || sequence > openLast) {
            letGo();
            if (!openCommitOf(sequence)) {
                return false;
            }
        }
        cursor.locate(sequence, event);
        if (event.streamId() != streamId) {
            open = false;
            throw cursor.corrupt("back pointer must lead to stream " + streamId + ": " + event);
        }
        return true;
    }

    private boolean openCommitOf(final long sequence) {
        if (!retention.moveTo(cursor, index, sequence, this)) {
            return false;
        }
        while (cursor.open()) {
            if (cursor.lastSequence() >= sequence) {
                open = true;
                openFirst = cursor.firstSequence();
                openLast = cursor.lastSequence();
                return true;
            }
            cursor.close();
        }
        throw cursor.corrupt("sequence " + sequence + " must be in the journal");
    }

    private void letGo() {
        if (open) {
            open = false;
            cursor.close();
        }
    }

    @Override
    public void close() {
        letGo();
        cursor.release();
    }
}
