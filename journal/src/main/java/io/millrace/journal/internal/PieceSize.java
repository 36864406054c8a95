package io.millrace.journal.internal;

import java.util.concurrent.TimeUnit;

/**
 * In which pieces the space ahead of the writer is filled, decided by how much is written from one force to the next.
 *
 * <p>A piece that is as large as a huge page, and begins at a multiple of it, becomes one huge page of the page cache, which
 * enters the mapping by one fault in place of 512, and leaves it by one interrupt when it is forced. But what was changed is
 * forced by the page: a huge page is written to the disk as a whole for a single command. So the pieces are large when a
 * force covers at least one of them, and else small. And where one force follows another and some of the last have covered
 * many small pieces, nothing is filled: each force would write the zeros ahead to the disk, where the commits follow them soon,
 * and by taking longer cover more.
 *
 * <p>Told by the forcing thread, read by any.
 */
final class PieceSize {
    /** A huge page of x86 and, as a rule, ARM. Other sizes cost time and nothing else. */
    static final int LARGE_BYTES = 2 << 20;

    static final int SMALL_BYTES = 64 << 10;

    /** So far ahead small pieces are filled at most, because the next force writes all of them. */
    static final long SMALL_WINDOW_BYTES = 1 << 20;

    /** Of the most that a force has covered, this part is forgotten with each that covers less. */
    private static final int FORGOTTEN_PART = 8;

    private static final long FREQUENT_FORCE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private long lastForceNs = System.nanoTime() - FREQUENT_FORCE_NS;
    private int lastCycle = -1;
    private long lastEndOffset;
    private long recentBytes;
    private volatile boolean forcedOften;

    /** Large until something is known: the window that is filled first is far smaller. A stale value costs time only. */
    private volatile int bytes = LARGE_BYTES;

    /** The journal was forced up to there. On the forcing thread. */
    void onForce(final int cycle, final long endOffset, final long nowNs) {
        final long forcedBytes = cycle == lastCycle ? endOffset - lastEndOffset : endOffset;
        forcedOften = nowNs - lastForceNs < FREQUENT_FORCE_NS;
        recentBytes = forcedOften ? Math.max(forcedBytes, recentBytes - recentBytes / FORGOTTEN_PART) : 0;
        if (forcedOften) {
            bytes = recentBytes > SMALL_BYTES ? 0 : SMALL_BYTES;
        } else {
            bytes = forcedBytes < LARGE_BYTES ? SMALL_BYTES : LARGE_BYTES;
        }
        lastForceNs = nowNs;
        lastCycle = cycle;
        lastEndOffset = endOffset;
    }

    /** Whether one force follows another, so that each page that is touched ahead is soon taken out of the mapping again. */
    boolean isForcedOften() {
        return forcedOften;
    }

    /** Of a piece; 0 when nothing should be filled. */
    int bytes() {
        return bytes;
    }
}
