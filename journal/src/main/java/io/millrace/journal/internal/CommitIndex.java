package io.millrace.journal.internal;

import java.util.Arrays;

/**
 * Where to start reading for a sequence: every 64th commit, or every 256 KiB, the first sequence of a commit and its
 * Chronicle index. Kept in memory, rebuilt by the recovery scan. One thread adds, any thread looks up: the entries are
 * published by the volatile store of {@code size}, the chunks by that of {@code chunks}. An entry never moves, so what
 * is allocated, one chunk every few million commits, is never garbage.
 */
final class CommitIndex {
    private static final int COMMITS_PER_ENTRY = 64;
    private static final int BYTES_PER_ENTRY = 256 << 10;
    private static final int CHUNK_SHIFT = 16;
    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;

    /** Each chunk holds pairs of (first sequence, Chronicle index), ascending. */
    private volatile long[][] chunks = {newChunk()};

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

    /** Whether no commit was told of yet: the first one always is an entry. */
    boolean isEmpty() {
        return size == 0;
    }

    /** The last entry whose first sequence is at most the one given; -1 when there is none. */
    int floor(final long sequence) {
        final int count = size;
        final long[][] all = chunks;
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            final int middle = low + high >>> 1;
            if (all[middle >>> CHUNK_SHIFT][(middle & CHUNK_MASK) << 1] <= sequence) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** First sequence of an entry's commit. */
    long firstSequence(final int entry) {
        return chunks[entry >>> CHUNK_SHIFT][(entry & CHUNK_MASK) << 1];
    }

    /** Chronicle index of an entry's commit. */
    long chronicleIndex(final int entry) {
        return chunks[entry >>> CHUNK_SHIFT][((entry & CHUNK_MASK) << 1) + 1];
    }

    private void add(final long firstSequence, final long chronicleIndex) {
        final int count = size;
        final int chunk = count >>> CHUNK_SHIFT;
        long[][] all = chunks;
        if (chunk == all.length) {
            all = Arrays.copyOf(all, chunk + 1);
            all[chunk] = newChunk();
            chunks = all;
        }
        final int entry = (count & CHUNK_MASK) << 1;
        all[chunk][entry] = firstSequence;
        all[chunk][entry + 1] = chronicleIndex;
        size = count + 1;
    }

    private static long[] newChunk() {
        return new long[2 << CHUNK_SHIFT];
    }
}
