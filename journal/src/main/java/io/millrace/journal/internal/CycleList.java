package io.millrace.journal.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The cycles of an open journal, as the manifest will list them. Changed by the appending thread at a roll and by
 * retention, read by whoever writes the manifest; both are rare, so a lock does.
 */
final class CycleList {
    private final List<Manifest.Cycle> cycles = new ArrayList<>();

    /** Replaced at each change, so that whoever has seen this one need not look again. */
    private volatile List<Manifest.Cycle> snapshot;

    CycleList(final List<Manifest.Cycle> found) {
        cycles.addAll(found);
        snapshot = found;
    }

    /** The newest cycle ends, and another begins with the next sequence. Its file must be known to {@link CycleFiles}. */
    synchronized void roll(final long lastSequence, final long closingChain, final int number) {
        if (!cycles.isEmpty()) {
            final int last = cycles.size() - 1;
            final Manifest.Cycle newest = cycles.get(last);
            if (newest.isOpen()) {
                cycles.set(
                        last, new Manifest.Cycle(newest.number(), newest.firstSequence(), lastSequence, closingChain));
            }
        }
        cycles.add(Manifest.Cycle.open(number, lastSequence + 1));
        snapshot = List.copyOf(cycles);
    }

    synchronized void removeOldest(final int count) {
        cycles.subList(0, count).clear();
        snapshot = List.copyOf(cycles);
    }

    List<Manifest.Cycle> snapshot() {
        return snapshot;
    }
}
