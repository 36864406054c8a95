package io.millrace.journal.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The writer adds entries of the commit index while a reader looks one up, also where a new chunk begins. An index is a
 * megabyte, so many states in turn share one, filled up to just before its second chunk; its sequences show what a
 * reader sees.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Nothing was added between the two look-ups.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The second look-up saw more entries than the first.")
@Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "Entries were there and are not found.")
@Outcome(id = "-2, .*", expect = FORBIDDEN, desc = "An entry was found whose Chronicle index is another's, or missing.")
@Outcome(id = ".*, -1", expect = FORBIDDEN, desc = "The second look-up saw less than the first.")
@Outcome(expect = FORBIDDEN, desc = "Anything else.")
@State
public class CommitIndexLookUp {
    private static final AtomicReference<Shared> NEWEST = new AtomicReference<>(new Shared());

    private final Shared shared;

    /** Joins the index that is in use, or a new one. */
    public CommitIndexLookUp() {
        shared = NEWEST.updateAndGet(known -> known.states < Shared.MAX_STATES ? known : new Shared());
        shared.states++;
    }

    /** The writer. */
    @Actor
    public void write() {
        shared.add();
    }

    /** A reader. */
    @Actor
    public void read(final II_Result result) {
        final CommitIndex index = shared.index;
        final int first = index.floor(Long.MAX_VALUE);
        final int second = index.floor(Long.MAX_VALUE);
        result.r1 = first < 0 || second < 0 ? -1 : Math.min(check(index, first), check(index, second));
        result.r2 = Integer.signum(second - first);
    }

    private static int check(final CommitIndex index, final int entry) {
        final long sequence = index.firstSequence(entry);
        final boolean whole = sequence == entry + 1L && index.chronicleIndex(entry) == -sequence;
        return whole && index.floor(sequence) == entry ? 0 : -2;
    }

    /** An index and what its writer will add next. One thread at a time adds: the one that runs that actor. */
    private static final class Shared {
        private static final int MAX_STATES = 256;
        private static final int CHUNK_ENTRIES = 1 << 16;
        private static final int LONG_COMMIT_BYTES = 1 << 20;

        private final CommitIndex index = new CommitIndex();
        private long next = 1;

        /** How many states use it, roughly: states are made by several threads. */
        private volatile int states;

        private Shared() {
            while (next < CHUNK_ENTRIES - MAX_STATES / 2) {
                add();
            }
        }

        /** Long enough to get an entry of its own. */
        private void add() {
            index.onCommit(next, -next, LONG_COMMIT_BYTES);
            next++;
        }
    }
}
