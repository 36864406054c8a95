package io.millrace.faults.images;

import java.util.List;

/**
 * Two moments of a journal between which the machine may go down, and what must be there then.
 *
 * @param kind what happened between them
 * @param old everything in it is on the device, but for what the next two say
 * @param now as the page cache has it at the second moment
 * @param beforeOld whose first pages may be on the device instead of those of the first moment; null when there is none
 * @param watermarks moments whose watermark pages may be on the device instead of those of the first: it is not forced
 *     each time
 * @param floor what the journal held at the first moment
 * @param full what it held at the second
 */
record Span(
        Kind kind,
        Snapshot old,
        Snapshot now,
        Snapshot beforeOld,
        List<Snapshot> watermarks,
        Contents floor,
        Contents full) {
    /** What happens in it. */
    enum Kind {
        /** Commits are appended. */
        APPENDING(Stage.NONE),
        /** And forced. */
        FORCING(Stage.NONE, Stage.DATA, Stage.MANIFEST),
        /** And the journal is closed. */
        CLOSING(Stage.NONE, Stage.DATA, Stage.MANIFEST),
        /** The process died with commits that were not forced, and an opening forces them. */
        OPENING(Stage.NONE, Stage.DATA, Stage.WATERMARK, Stage.MANIFEST),
        /** Old cycles are deleted. */
        DELETING(Stage.MANIFEST);

        private final List<Stage> stages;

        Kind(final Stage... stages) {
            this.stages = List.of(stages);
        }

        /** Up to where it may have come. */
        List<Stage> stages() {
            return stages;
        }
    }

    /** What is on the device for sure, because it was forced one after the other. */
    enum Stage {
        /** Nothing that is new. */
        NONE,
        /** Cycle files, and their names. */
        DATA,
        /** The watermark too, which only an opening forces before the manifest. */
        WATERMARK,
        /** The manifest too. */
        MANIFEST
    }

    /** What must be there at least. */
    Contents least(final Stage stage) {
        return stage == Stage.NONE ? floor : full;
    }
}
