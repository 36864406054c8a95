package io.millrace.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link JournalInspector} found in a journal directory.
 *
 * @param directory of the journal
 * @param journalId drawn at its creation
 * @param epoch of the last opening for writing
 * @param blockSizeBytes of its cycle files
 * @param firstSequence of the oldest event that it has, after retention
 * @param lastSequence of the last event that could be read
 * @param commits that were read
 * @param commands that were read
 * @param cycles that were read, oldest first
 * @param watermark up to which it was forced, null when none could be read
 * @param holder who has it open, or had it last
 * @param verdict what an opening would do now
 * @param damage why, null when there is nothing to say
 */
public record JournalState(
        Path directory,
        long journalId,
        int epoch,
        int blockSizeBytes,
        long firstSequence,
        long lastSequence,
        long commits,
        long commands,
        List<Cycle> cycles,
        Watermark watermark,
        Holder holder,
        Verdict verdict,
        Damage damage) {
    /** What an opening for writing would do. */
    public enum Verdict {
        /** Open; everything is as it was written. */
        OK,
        /** Cut a tail that the machine's going down left torn, and open. */
        TORN,
        /** Refuse. */
        DAMAGED
    }

    /**
     * One cycle file.
     *
     * @param file of the cycle
     * @param firstSequence of its first event, or of the next to come when it has none
     * @param lastSequence of the last event up to its end
     * @param commits in it
     * @param commitBytes in it
     * @param fileBytes that the file is long; not all of it need be written
     * @param firstTimestampNs of its first commit, 0 when it has none
     * @param closed whether a later cycle has begun
     */
    public record Cycle(
            Path file,
            long firstSequence,
            long lastSequence,
            long commits,
            long commitBytes,
            long fileBytes,
            long firstTimestampNs,
            boolean closed) {}

    /**
     * How far the journal was forced.
     *
     * @param sequence of the last event that was
     * @param closedCleanly whether the journal was closed with that
     */
    public record Watermark(long sequence, boolean closedCleanly) {}

    /**
     * Who has the journal open, or had it last.
     *
     * @param pid of the process, -1 when it is not known
     * @param alive whether it is running now and has not closed the journal
     * @param left how it left the journal, as far as can be told now
     */
    public record Holder(long pid, boolean alive, RecoveryReport.Left left) {}

    /**
     * What is wrong.
     *
     * @param file that holds the damage
     * @param fileOffset of the bad commit in it
     * @param sequence that was expected there
     * @param cause what was required and what was found
     * @param remedy what a repair would do
     */
    public record Damage(Path file, long fileOffset, long sequence, String cause, String remedy) {}
}
