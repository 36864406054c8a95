package io.millrace.examples.ledger;

import java.util.Arrays;

/**
 * From 128-bit keys to ints that are not negative, for one batch. Cleared in no time: an entry counts only if it carries
 * the current generation. Entries can be taken back in the reverse order of their insertion.
 */
final class ScratchMap {
    static final int NONE = -1;

    private final int mask;
    private final long[] keys;
    private final int[] values;
    private final int[] generations;
    private int generation = 1;

    /** Room for a number of entries. */
    ScratchMap(final int maxEntries) {
        final int capacity = Integer.highestOneBit(Math.max(maxEntries, 8) - 1) << 2;
        mask = capacity - 1;
        keys = new long[capacity << 1];
        values = new int[capacity];
        generations = new int[capacity];
    }

    void clear() {
        if (++generation == 0) {
            Arrays.fill(generations, 0);
            generation = 1;
        }
    }

    int get(final long lo, final long hi) {
        final int slot = slot(lo, hi);
        return generations[slot] == generation ? values[slot] : NONE;
    }

    void put(final long lo, final long hi, final int value) {
        final int slot = slot(lo, hi);
        keys[slot << 1] = lo;
        keys[(slot << 1) + 1] = hi;
        values[slot] = value;
        generations[slot] = generation;
    }

    /** Removes the newest entry: no other can have been put past it. */
    void removeNewest(final long lo, final long hi) {
        generations[slot(lo, hi)] = 0;
    }

    private int slot(final long lo, final long hi) {
        long mixed = (lo ^ Long.rotateLeft(hi, 29)) * 0x9E37_79B9_7F4A_7C15L;
        mixed ^= mixed >>> 32;
        int slot = (int) mixed & mask;
        while (generations[slot] == generation && (keys[slot << 1] != lo || keys[(slot << 1) + 1] != hi)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
