package io.millrace.journal;

import io.millrace.journal.internal.Repair;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a refused journal open again, at the price that is named beforehand. Everything that can be read up to the first
 * damage stays; what lies behind it is taken away and kept in the directory {@code cut}, with a report. A plan changes
 * nothing.
 *
 * <p>A repair gives up events that may have been acknowledged. Look for a backup first.
 */
public final class JournalRepair {
    private final Repair repair;

    private JournalRepair(final Repair repair) {
        this.repair = repair;
    }

    /**
     * Looks at a directory and decides what to do. Reads all of it; changes nothing.
     *
     * @param directory of a journal that nobody has open
     * @param listener is told how far it has got
     * @return the plan
     * @throws MissingJvmFlagsException if the JVM lacks a needed flag
     * @throws JournalLockedException if somebody has the journal open
     * @throws JournalException if there is no journal, or too little of it to be repaired
     */
    public static JournalRepair plan(final Path directory, final JournalInspector.ProgressListener listener) {
        JvmFlags.require();
        return new JournalRepair(Repair.plan(directory, listener));
    }

    /**
     * What will be done, a line each.
     *
     * @return the steps; empty when nothing needs a repair
     */
    public List<String> steps() {
        return repair.steps();
    }

    /**
     * What will be there afterwards.
     *
     * @return sequence of the last event that stays
     */
    public long lastSequence() {
        return repair.lastSequence();
    }

    /**
     * What was forced to the disk, so that what lies between {@link #lastSequence()} and this will be lost.
     *
     * @return sequence of the last such event, -1 when no watermark could be read and nobody knows
     */
    public long watermarkSequence() {
        return repair.watermarkSequence();
    }

    /**
     * What is wrong.
     *
     * @return the damage, null when nothing is
     */
    public JournalState.Damage damage() {
        return repair.damage();
    }

    /**
     * Does it, under the journal's lock, after it has looked again. Can be repeated if it is interrupted.
     *
     * @return what was done, and where the bytes are that were taken away
     * @throws JournalLockedException if somebody has the journal open
     * @throws JournalException if it cannot be done
     */
    public List<String> apply() {
        return repair.apply();
    }
}
