package io.millrace.examples.ledger;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * From 128-bit ids to ints that are not 0. Extendible hashing: a directory of segments, each an open-addressing table of
 * 64 KiB that splits by itself when it is three quarters full, so no insertion ever moves more than one segment. A slot
 * holds 32 bits of the id's hash and the value; the hash settles nearly every comparison, so an id that is not there
 * costs one cache miss. The id itself is with its owner, who is asked.
 *
 * <pre>
 *  directory                      segment
 *  [top bits of the hash] ──────▶ +---------+---------+----- 8192 slots -----+------+-------+
 *                                 | hash 32 | value 32| …                    | size | depth |
 *                                 +---------+---------+----------------------+------+-------+
 * </pre>
 */
final class IdIndex {
    /** Knows the ids that the values stand for. */
    interface Ids {
        boolean isAt(int value, long idLo, long idHi);
    }

    private static final int SLOT_BITS = 13;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int MAX_FILL = SLOTS / 4 * 3;
    private static final int MAX_DEPTH = Integer.SIZE - SLOT_BITS;
    private static final int SIZE_OFFSET = SLOTS * Long.BYTES;
    private static final int DEPTH_OFFSET = SIZE_OFFSET + Integer.BYTES;
    private static final int SEGMENT_BYTES = SIZE_OFFSET + Long.BYTES;
    private static final long VALUE_MASK = 0xFFFF_FFFFL;

    private final Ids ids;
    private final long[] moving = new long[SLOTS];
    private UnsafeBuffer[] directory;
    private int depth;

    IdIndex(final Ids ids) {
        this.ids = ids;
        clear();
    }

    /** Forgets everything. */
    void clear() {
        directory = new UnsafeBuffer[] {newSegment(1), newSegment(1)};
        depth = 1;
    }

    /** The value of an id, 0 when it is not there. */
    int find(final long idLo, final long idHi) {
        final int hash = hash(idLo, idHi);
        final UnsafeBuffer segment = segment(hash);
        int slot = hash & SLOT_MASK;
        while (true) {
            final long entry = segment.getLong(slot << 3);
            if (entry == 0) {
                return 0;
            }
            if ((int) (entry >>> Integer.SIZE) == hash && ids.isAt((int) entry, idLo, idHi)) {
                return (int) entry;
            }
            slot = slot + 1 & SLOT_MASK;
        }
    }

    /** The value in the first slot that {@link #find} looks at, right or wrong: to have read it. */
    int peek(final long idLo, final long idHi) {
        final int hash = hash(idLo, idHi);
        return (int) segment(hash).getLong((hash & SLOT_MASK) << 3);
    }

    /** Adds an id that is not there. */
    void insert(final long idLo, final long idHi, final int value) {
        final int hash = hash(idLo, idHi);
        UnsafeBuffer segment = segment(hash);
        while (segment.getInt(SIZE_OFFSET) >= MAX_FILL) {
            split(segment, hash);
            segment = segment(hash);
        }
        insert(segment, (long) hash << Integer.SIZE | value & VALUE_MASK);
    }

    private UnsafeBuffer segment(final int hash) {
        return directory[hash >>> Integer.SIZE - depth];
    }

    /** Moves the entries whose next hash bit is set to a new segment. */
    private void split(final UnsafeBuffer segment, final int hash) {
        final int segmentDepth = segment.getInt(DEPTH_OFFSET) + 1;
        if (segmentDepth > MAX_DEPTH) {
            throw new IllegalStateException("ids must have different hashes: hash=" + Integer.toHexString(hash));
        }
        if (segmentDepth > depth) {
            doubleDirectory();
        }
        final UnsafeBuffer sibling = newSegment(segmentDepth);
        for (int slot = 0; slot < SLOTS; slot++) {
            moving[slot] = segment.getLong(slot << 3);
        }
        segment.setMemory(0, SEGMENT_BYTES, (byte) 0);
        segment.putInt(DEPTH_OFFSET, segmentDepth);
        pointTo(sibling, hash, segmentDepth);
        for (final long entry : moving) {
            if (entry != 0) {
                insert(segment((int) (entry >>> Integer.SIZE)), entry);
            }
        }
    }

    private void pointTo(final UnsafeBuffer sibling, final int hash, final int siblingDepth) {
        final int prefix = hash >>> Integer.SIZE - siblingDepth | 1;
        final int first = prefix << depth - siblingDepth;
        Arrays.fill(directory, first, first + (1 << depth - siblingDepth), sibling);
    }

    private void doubleDirectory() {
        final UnsafeBuffer[] doubled = new UnsafeBuffer[directory.length << 1];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = directory[i >>> 1];
        }
        directory = doubled;
        depth++;
    }

    private static void insert(final UnsafeBuffer segment, final long entry) {
        int slot = (int) (entry >>> Integer.SIZE) & SLOT_MASK;
        while (segment.getLong(slot << 3) != 0) {
            slot = slot + 1 & SLOT_MASK;
        }
        segment.putLong(slot << 3, entry);
        segment.putInt(SIZE_OFFSET, segment.getInt(SIZE_OFFSET) + 1);
    }

    private static UnsafeBuffer newSegment(final int segmentDepth) {
        final UnsafeBuffer segment =
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(SEGMENT_BYTES, BitUtil.CACHE_LINE_LENGTH));
        segment.putInt(DEPTH_OFFSET, segmentDepth);
        return segment;
    }

    /** Multiplies and folds until every bit of the id has reached every bit of the hash. */
    private static int hash(final long idLo, final long idHi) {
        long mixed = (idLo ^ Long.rotateLeft(idHi * 0x9E37_79B9_7F4A_7C15L, 29)) * 0xBF58_476D_1CE4_E5B9L;
        mixed ^= mixed >>> 32;
        mixed *= 0x94D0_49BB_1331_11EBL;
        return (int) (mixed >>> 32);
    }
}
