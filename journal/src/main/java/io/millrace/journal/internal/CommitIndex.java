package io.millrace.journal.internal;

import java.util.Arrays;

/**
 * Where to start reading for a sequence: every 64th commit, or every 256 KiB, the first sequence of a commit and its
 * Chronicle index. Kept in memory, rebuilt by the recovery scan. One thread adds, any thread looks up: the entries are
 * published by the volatile store of {@code size}, the arrays by that of {@code entries}.
 */
final class CommitIndex {
    private static final int COMMITS_PER_ENTRY = 64;
    private static final int BYTES_PER_ENTRY = 256 << 10;

    /** Pairs of (first sequence, Chronicle index), ascending. */
    private volatile long[] entries = new long[256];

    private volatile int size;
    private int commitsSinceEntry = COMMITS_PER_ENTRY;
    private int bytesSinceEntry;

    /** Tells of an appended commit; keeps it if it is time for an entry. */
    void onCommit(final long firstSequence, final long chronicleIndex, final int lengthBytes) {
        commitsSinceEntry++;
        bytesSinceEntry += lengthBytes;
        if (commitsSinceEntry >= COMMITS_PER_ENTRY || bytesSinceEntry >= BYTES_PER_ENTRY) {
            add(firstSequence, chronicleIndex);
            commitsSinceEntry = 0;
            bytesSinceEntry = 0;
        }
    }

    /** Chronicle index of the last kept commit whose first sequence is at most the one given; -1 when there is none. */
    long floor(final long sequence) {
        final int count = size;
        final long[] pairs = entries;
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            final int middle = low + high >>> 1;
            if (pairs[middle << 1] <= sequence) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high < 0 ? -1 : pairs[(high << 1) + 1];
    }

    private void add(final long firstSequence, final long chronicleIndex) {
        final int count = size;
        long[] pairs = entries;
        if (count << 1 == pairs.length) {
            pairs = Arrays.copyOf(pairs, pairs.length << 1);
            entries = pairs;
        }
        pairs[count << 1] = firstSequence;
        pairs[(count << 1) + 1] = chronicleIndex;
        size = count + 1;
    }
}
