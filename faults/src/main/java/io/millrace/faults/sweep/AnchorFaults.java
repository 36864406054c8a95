package io.millrace.faults.sweep;

import io.millrace.faults.images.Contents;
import io.millrace.faults.images.SmallWriter;
import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Verdict;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalAnchor;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalInspector;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What no journal can find by itself, because all of it fits: that it was put back to an older state, or put back and
 * written anew from there. It must open, and an anchor must find it.
 */
final class AnchorFaults {
    private static final int COMMITS = 12;
    private static final int EVENT_BYTES = 50;
    private static final long NOW_NS = TimeUnit.DAYS.toNanos(20_001);

    private final SweptJournal journal;
    private final RoundSink sink;
    private final int number;
    private final JournalInspector inspector;

    AnchorFaults(final SweptJournal journal, final RoundSink sink, final int number) {
        this.journal = journal;
        this.sink = sink;
        this.number = number;
        inspector = JournalInspector.at(journal.directory());
    }

    boolean run() throws IOException {
        final Contents all = open(0);
        final JournalAnchor anchor = inspector.anchor();
        final boolean same = inspector.compare(anchor) == null;
        open(1);
        final boolean grown = inspector.compare(anchor) == null;
        boolean good = ran(
                "anchor of the journal itself, and after it has grown",
                same && grown ? null : "same=" + same + ", grown=" + grown);
        good &= put("older state of the whole directory", all, anchor, 0);
        good &= put("tail rewritten to the same length or more", all, anchor, COMMITS);
        journal.restore();
        return good;
    }

    private boolean put(final String fault, final Contents all, final JournalAnchor anchor, final int commits)
            throws IOException {
        journal.restore();
        journal.revert();
        final String found;
        try {
            final Contents older = open(commits);
            final boolean earlier = older.isStartOf(all);
            found = earlier && inspector.compare(anchor) != null
                    ? null
                    : "must open with what it was, and be found by the anchor: earlier=" + earlier;
        } catch (final JournalException e) {
            return ran(fault, "cannot be told from a healthy journal, and must open: " + e);
        }
        return ran(fault, found);
    }

    /** What it holds before so many commits are appended. */
    private Contents open(final int commits) {
        final Contents found = new Contents();
        try (Journal open = Journal.open(SmallWriter.config(journal.directory()).clock(() -> NOW_NS), found)) {
            final SmallWriter writer = new SmallWriter(open, new SplittableRandom(2));
            for (int i = 0; i < commits; i++) {
                writer.commit(EVENT_BYTES);
            }
        }
        return found;
    }

    private boolean ran(final String fault, final String wrong) {
        sink.ran(
                fault,
                wrong == null
                        ? Verdict.recovered()
                        : new Verdict(Verdict.Kind.SILENT, "task " + number + ": " + wrong));
        return wrong == null;
    }
}
