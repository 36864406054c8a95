package io.millrace.journal.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a journal ends after a scan, as manifest and watermark write it down.
 *
 * @param cycles that must be there
 * @param cycle that holds the last commit, -1 when there is none
 * @param endOffset where that commit ends
 */
record Ending(List<Manifest.Cycle> cycles, int cycle, long endOffset) {
    static Ending of(final JournalScan scan) {
        final List<Manifest.Cycle> listed = new ArrayList<>();
        final List<JournalScan.Cycle> found = scan.cycles();
        for (int i = 0; i < found.size(); i++) {
            final JournalScan.Cycle cycle = found.get(i);
            listed.add(
                    i == found.size() - 1 && !cycle.closed()
                            ? Manifest.Cycle.open(cycle.number(), cycle.firstSequence())
                            : new Manifest.Cycle(
                                    cycle.number(), cycle.firstSequence(), cycle.lastSequence(), cycle.closingChain()));
        }
        final JournalScan.Cycle last = lastWithCommits(scan);
        return new Ending(listed, last == null ? -1 : last.number(), last == null ? 0 : last.endOffset());
    }

    /** The newest cycle may hold none yet. Null when no cycle does. */
    static JournalScan.Cycle lastWithCommits(final JournalScan scan) {
        final List<JournalScan.Cycle> found = scan.cycles();
        for (int i = found.size() - 1; i >= 0; i--) {
            if (found.get(i).commits() > 0) {
                return found.get(i);
            }
        }
        return null;
    }
}
