package io.millrace.journal;

import java.nio.file.Path;

/**
 * What an opening found and did. A cut takes away bytes above the durable watermark that the machine's going down left
 * torn; nothing that was acknowledged as {@link Durability#SYNCED} is among them.
 *
 * @param left how the last holder left the journal
 * @param lastSequence of the last event that the journal holds now
 * @param watermarkSequence up to which the journal was known to be forced, -1 when no watermark could be read
 * @param cutBytes that were taken away, 0 when nothing was cut
 * @param cutFile in which the cut was made, null when nothing was cut
 * @param cutOffset of the first byte that was taken away
 * @param cutReason why, null when nothing was cut or nothing was wrong with the commits
 * @param keptIn directory that holds what was taken away, null when nothing was cut
 * @param durationNs of the opening, replay included
 */
public record RecoveryReport(
        Left left,
        long lastSequence,
        long watermarkSequence,
        long cutBytes,
        Path cutFile,
        long cutOffset,
        String cutReason,
        Path keptIn,
        long durationNs) {
    /** How the last holder left the journal. */
    public enum Left {
        /** There was none: the journal was created. */
        CREATED,
        /** It closed the journal. */
        CLOSED,
        /** The process died; the machine has been up since, so everything journaled is there. */
        PROCESS_DIED,
        /** The machine went down; what was not forced may be lost. */
        MACHINE_DIED,
        /** The directory is a copy of one that was open when it was copied. */
        COPIED
    }

    /**
     * Whether something was cut.
     *
     * @return true if a torn tail was taken away
     */
    public boolean cut() {
        return cutFile != null;
    }
}
