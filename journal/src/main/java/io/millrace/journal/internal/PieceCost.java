package io.millrace.journal.internal;

/**
 * Learns what memory costs by the huge page and in smaller pieces, and says in which the next part of a file should be
 * filled.
 *
 * <p>A huge page is worth more, because it enters the mapping by one fault. But a virtual machine may give memory that it
 * does not use back to its host, by the huge page (Linux calls it free page reporting). What is then got by the huge page
 * has to be supplied by the host first, page by page, while smaller pieces come out of memory that was kept: a tenth of the
 * cost on such a machine ({@code pages} in perf-reports).
 *
 * <p>Decided for each huge page's length of a file, by what the last ones took. Now and then one is got in the other way,
 * to learn what that costs by now; more and more seldom while it changes nothing. For the filling thread. Allocates nothing.
 */
final class PieceCost {
    static final int MEDIUM_BYTES = 256 << 10;

    /** A page in a medium piece must cost no more than this part of one in a large piece. */
    private static final int WORTH = 2;

    private static final int FIRST_TRY = 2;
    private static final int MIN_PAUSE = 8;
    private static final int MAX_PAUSE = 256;

    /** One medium piece says little by itself: so many parts of what was known are kept for one that is new. */
    private static final int MEDIUM_KEPT_PARTS = 3;

    private boolean mediumIsBetter;
    private boolean medium;
    private int pause = MIN_PAUSE;
    private int untilTry = FIRST_TRY;

    /** Of processor time for a MiB; 0 when it is not known. */
    private long largeNs;

    private long mediumNs;

    /** Of the piece that begins there. */
    int pieceBytes(final long offset) {
        if ((offset & PieceSize.LARGE_BYTES - 1) == 0) {
            choose();
        }
        return medium ? MEDIUM_BYTES : PieceSize.LARGE_BYTES;
    }

    private void choose() {
        medium = mediumIsBetter;
        untilTry--;
        if (untilTry == 0) {
            medium = !mediumIsBetter;
            untilTry = pause;
            pause = Math.min(MAX_PAUSE, pause * 2);
        }
    }

    /** The piece, or what was left of it, took so much of the processor. */
    void onFilled(final long bytes, final long processorNs) {
        if (bytes < MEDIUM_BYTES) {
            return;
        }
        final long ns = Math.max(1, (processorNs << 20) / bytes);
        if (medium) {
            mediumNs = mediumNs == 0 ? ns : (MEDIUM_KEPT_PARTS * mediumNs + ns) / (MEDIUM_KEPT_PARTS + 1);
        } else {
            largeNs = ns;
        }
        final boolean better = mediumNs > 0 && largeNs > WORTH * mediumNs;
        if (better != mediumIsBetter) {
            mediumIsBetter = better;
            pause = MIN_PAUSE;
            untilTry = pause;
        }
    }
}
