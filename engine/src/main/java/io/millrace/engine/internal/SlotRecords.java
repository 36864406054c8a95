package io.millrace.engine.internal;

/**
 * Where each slot's command record lies in {@link RecordRing}, and what the record does not say itself. Written by the
 * deciding thread, read by the stages and feeds behind it, handed on by the Disruptor's sequences.
 */
final class SlotRecords {
    private static final int STRIDE_SHIFT = 2;
    private static final int END_POSITION = 0;
    private static final int FIRST_SEQUENCE = 1;
    private static final int TIMESTAMP = 2;
    private static final int OFFSET_AND_LENGTH = 3;

    private final long[] fields;

    SlotRecords(final int slots) {
        fields = new long[slots << STRIDE_SHIFT];
    }

    void record(final int slot, final int offset, final int length, final long firstSequence, final long timestampNs) {
        final int base = slot << STRIDE_SHIFT;
        fields[base + OFFSET_AND_LENGTH] = (long) offset << Integer.SIZE | length;
        fields[base + FIRST_SEQUENCE] = firstSequence;
        fields[base + TIMESTAMP] = timestampNs;
    }

    /** The slot has no record. A command without one was refused: whatever is decided leaves a record. */
    void none(final int slot) {
        fields[(slot << STRIDE_SHIFT) + OFFSET_AND_LENGTH] = 0;
    }

    /** Position behind the last record up to and including this slot's. */
    void endPosition(final int slot, final long position) {
        fields[(slot << STRIDE_SHIFT) + END_POSITION] = position;
    }

    long endPosition(final int slot) {
        return fields[(slot << STRIDE_SHIFT) + END_POSITION];
    }

    /** Offset in the buffer of {@link RecordRing}. */
    int offset(final int slot) {
        return (int) (fields[(slot << STRIDE_SHIFT) + OFFSET_AND_LENGTH] >>> Integer.SIZE);
    }

    /** In bytes; 0 when the slot has no record. */
    int length(final int slot) {
        return (int) fields[(slot << STRIDE_SHIFT) + OFFSET_AND_LENGTH];
    }

    /** Sequence of the first event, or of the next one to come when the command has none. */
    long firstSequence(final int slot) {
        return fields[(slot << STRIDE_SHIFT) + FIRST_SEQUENCE];
    }

    long timestampNs(final int slot) {
        return fields[(slot << STRIDE_SHIFT) + TIMESTAMP];
    }
}
