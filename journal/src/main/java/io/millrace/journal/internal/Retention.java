package io.millrace.journal.internal;

import io.millrace.journal.JournalException;
import io.millrace.journal.RetentionHold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What may be deleted: whole cycles, oldest first, closed, and needed by nobody. Knows where the journal begins, who holds
 * what, and how far the readers are. Its lock is taken when readers are opened and moved, and when something is deleted,
 * never while reading.
 */
final class Retention {
    private final Map<Object, Long> needed = new HashMap<>();

    /** Where the journal begins; replaced as a whole. */
    private volatile Start start;

    private record Start(long sequence, long chain, int cycle) {}

    /** What a reader has still to read moves on while it reads; so readers are asked. */
    private final class Hold implements RetentionHold {
        @Override
        public void advance(final long sequence) {
            synchronized (Retention.this) {
                final Long before = needed.get(this);
                if (before == null || sequence < before) {
                    throw new IllegalArgumentException(
                            "hold must be open and move forward: from=" + before + ", to=" + sequence);
                }
                needed.put(this, sequence);
            }
        }

        @Override
        public void close() {
            letGo(this);
        }
    }

    Retention(final Manifest manifest) {
        final int oldest =
                manifest.cycles().isEmpty() ? -1 : manifest.cycles().get(0).number();
        start = new Start(manifest.firstSequence(), manifest.firstChain(), oldest);
    }

    RetentionHold hold(final long sequence) {
        final Hold hold = new Hold();
        take(hold, sequence, sequence);
        return hold;
    }

    /**
     * Moves a cursor to a commit from which a sequence can be reached, and holds that commit for the holder first: a look-up
     * leads to an earlier one than the sequence, in a cycle that might be deleted meanwhile.
     *
     * @return false if the sequence is not in the journal any more
     */
    boolean moveTo(final CommitCursor cursor, final CommitIndex index, final long sequence, final Object holder) {
        final Start oldest;
        final int entry;
        synchronized (this) {
            oldest = start;
            entry = index.floor(sequence);
            if (sequence < oldest.sequence()) {
                return false;
            }
            needed.put(holder, Math.max(oldest.sequence(), entry < 0 ? 0 : index.firstSequence(entry)));
        }
        if (entry < 0 || index.firstSequence(entry) <= oldest.sequence()) {
            // Not by asking Chronicle for its oldest cycle: it learns of a deletion only afterwards.
            cursor.toStart(oldest.sequence(), oldest.chain(), oldest.cycle());
        } else {
            cursor.toIndex(index.chronicleIndex(entry), index.firstSequence(entry));
        }
        return true;
    }

    /** A reader will read from there: it begins in the commit before, to find commands without events behind it. */
    void readFrom(final ForwardReader reader, final long sequence) {
        take(reader, sequence, Math.max(1, sequence - 1));
    }

    private synchronized void take(final Object holder, final long sequence, final long needs) {
        if (sequence < start.sequence()) {
            throw new JournalException("events must still be there to be read or held: from=" + sequence
                    + ", first sequence of the journal=" + start.sequence());
        }
        needed.put(holder, needs);
    }

    synchronized void letGo(final Object holder) {
        needed.remove(holder);
    }

    /**
     * Moves the start of the journal behind the oldest cycles that hold nothing that is needed from a sequence on. From
     * then on nobody can ask for what is before it.
     *
     * @return how many cycles that are
     */
    synchronized int moveStart(final List<Manifest.Cycle> cycles, final long sequence) {
        long oldestNeeded = sequence;
        for (final Map.Entry<Object, Long> holder : needed.entrySet()) {
            oldestNeeded = Math.min(oldestNeeded, neededBy(holder));
        }
        int count = 0;
        while (count < cycles.size() - 1
                && !cycles.get(count).isOpen()
                && cycles.get(count).lastSequence() < oldestNeeded) {
            count++;
        }
        if (count > 0) {
            final Manifest.Cycle newest = cycles.get(count - 1);
            start = new Start(
                    newest.lastSequence() + 1,
                    newest.closingChain(),
                    cycles.get(count).number());
        }
        return count;
    }

    /** A reader stands where it was moved to, or in the commit before its next sequence. */
    private static long neededBy(final Map.Entry<Object, Long> holder) {
        return holder.getKey() instanceof ForwardReader reader && reader.isPastStart()
                ? Math.max(1, reader.nextSequence() - 1)
                : holder.getValue();
    }

    long firstSequence() {
        return start.sequence();
    }
}
