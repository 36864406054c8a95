package io.millrace.journal.internal;

import io.millrace.journal.JournalCorruptException;
import java.nio.file.Path;

/**
 * What the end of a scan means: go on behind it, cut what lies behind it, or refuse.
 *
 * <pre>
 *  bad or missing                closed    only the process died   the machine went down   copied while open
 *  at or below the watermark     refuse    refuse                  refuse                  refuse; cut a clean end
 *  above it                      refuse    refuse                  cut                     cut
 *  no watermark readable         cut if nothing valid follows, else refuse
 * </pre>
 *
 * <p>While the machine is up, the page cache is whole and everything that was appended is there; a bad commit then is
 * damage, not a torn write. After the machine went down, pages above the watermark may be there or not, in any order.
 * That a crash and damage cannot be told apart there without a durable watermark is shown by Alagappan et al.,
 * "Protocol-Aware Recovery for Consensus-Based Storage" (FAST 2018).
 *
 * <p>A copy that was taken while the journal was being written may have caught its files at different times, so it may
 * end before its watermark. Only a place where nothing was written yet, with space behind it, counts as such an end.
 */
final class TailRule {
    /** How the last holder left the directory. */
    enum Left {
        /** It closed the journal; nothing was written since. */
        CLOSED,
        /** It died, and the machine has been up since. */
        PROCESS_DIED,
        /** The machine went down. */
        MACHINE_DIED,
        /** The files were copied from a directory that was open. */
        COPIED
    }

    /** What is to be done. */
    enum Action {
        /** Append behind the last good commit. */
        OPEN,
        /** Take away what lies behind the last good commit, then open. */
        CUT,
        /** Do nothing. */
        REFUSE
    }

    /**
     * The verdict.
     *
     * @param action what is to be done
     * @param damage why, null when there is nothing to say
     */
    record Verdict(Action action, JournalCorruptException damage) {}

    private final JournalScan scan;
    private final JournalScan.Stop stop;
    private final WatermarkFile.Copy watermark;
    private final Left left;

    private TailRule(final JournalScan scan, final WatermarkFile.Copy watermark, final Left left) {
        this.scan = scan;
        stop = scan.stop();
        this.watermark = watermark;
        this.left = left;
    }

    /** How a directory was left. */
    static Left left(final Path directory, final LockHolder holder, final WatermarkFile.Copy watermark) {
        if (watermark != null && watermark.clean()) {
            return Left.CLOSED;
        }
        if (!holder.sameDirectory(directory)) {
            return Left.COPIED;
        }
        return holder.sameBoot() ? Left.PROCESS_DIED : Left.MACHINE_DIED;
    }

    static Verdict judge(final JournalScan scan, final WatermarkFile.Copy watermark, final Left left) {
        return new TailRule(scan, watermark, left).judge();
    }

    private Verdict judge() {
        if (scan.foreign()) {
            return refuse("commits must belong to this journal");
        }
        if (isBelowWatermark()) {
            final boolean copyEnds = left == Left.COPIED && stop.absent() && scan.hasSpaceBehind() && !hasLaterCycles();
            return copyEnds ? cut() : refuse("journal must reach sequence " + forced() + ", up to which it was forced");
        }
        if (!scan.watermarkMet()) {
            return refuse("the commit that ends at sequence " + forced() + " must be the one that was forced");
        }
        if (watermark == null) {
            return judgeUnknown();
        }
        return switch (left) {
            case CLOSED -> isAtWatermark() ? judgeWhole() : refuse("nothing must lie behind a journal that was closed");
            case PROCESS_DIED -> judgeWhole();
            case MACHINE_DIED, COPIED -> judgeTorn();
        };
    }

    /** Whether the stop lies before what was forced, as the watermark or the manifest says. */
    private boolean isBelowWatermark() {
        final boolean below = watermark != null && watermark.place().covers(stop.cycle(), stop.offset());
        final var listed = scan.manifest().cycles();
        if (below || listed.isEmpty()) {
            return below;
        }
        final int newest = listed.get(listed.size() - 1).number();
        return stop.cycle() < newest || stop.cycle() == newest && stop.offset() == 0;
    }

    /** A roll puts the file of the next cycle there before the mark that closes this one: a copy may have caught that. */
    private boolean hasLaterCycles() {
        return stop.damage() != null && stop.publishedBehind() && !(stop.offset() > 0 && scan.laterCycles() == 1);
    }

    private boolean isAtWatermark() {
        final WatermarkFile.Place place = watermark.place();
        return stop.damage() != null
                || place.sequence() == scan.nextSequence() - 1
                        && (place.cycle() < 0
                                        && scan.nextSequence()
                                                == scan.manifest().firstSequence()
                                || place.chain() == scan.nextChain());
    }

    private Verdict judgeWhole() {
        if (stop.damage() != null || stop.publishedBehind()) {
            return refuse("the last commit must be readable: Chronicle says that more was written");
        }
        return scan.indexDamage() == null
                ? new Verdict(Action.OPEN, null)
                : new Verdict(Action.REFUSE, scan.indexDamage());
    }

    private Verdict judgeTorn() {
        final JournalCorruptException index = scan.indexDamage();
        if (index != null
                && (scan.last() == null || !index.file().equals(scan.last().file()))) {
            return new Verdict(Action.REFUSE, index);
        }
        final boolean whole = stop.damage() == null && !stop.publishedBehind() && index == null && scan.isZeroBehind();
        return whole ? new Verdict(Action.OPEN, null) : cut();
    }

    private Verdict judgeUnknown() {
        final boolean torn = stop.damage() != null || stop.publishedBehind();
        if (torn && scan.validFollows()) {
            return refuse("good commits lie behind the bad one, and no watermark says whether they were forced");
        }
        return judgeTorn();
    }

    private long forced() {
        return watermark == null ? scan.nextSequence() : watermark.place().sequence();
    }

    private Verdict cut() {
        return new Verdict(Action.CUT, stop.damage());
    }

    private Verdict refuse(final String otherwise) {
        final JournalCorruptException damage = stop.damage() != null
                ? stop.damage()
                : new JournalCorruptException(
                        stop.file(),
                        stop.offset() + CycleScanner.WORD_BYTES,
                        scan.nextSequence(),
                        otherwise + ": last sequence read=" + (scan.nextSequence() - 1));
        return new Verdict(Action.REFUSE, damage);
    }
}
