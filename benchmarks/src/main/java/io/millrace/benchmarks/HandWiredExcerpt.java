package io.millrace.benchmarks;

import io.millrace.journal.EventView;
import io.millrace.journal.JournalFormat;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One event as the hand-wired journal holds it: length, type, version, stream, sequence, timestamp, payload. Laid out so
 * that an {@link EventView} reads it in place; sequence and timestamp stand where Millrace has the stream's version and
 * back pointer, which nobody asks the hand-wired journal for.
 */
final class HandWiredExcerpt {
    static final int HEADER_BYTES = JournalFormat.EVENT_HEADER_LENGTH;
    static final int MAX_EVENTS_BYTES = HEADER_BYTES + LedgerScenario.MAX_EVENT_BYTES;

    private static final ByteOrder ORDER = JournalFormat.BYTE_ORDER;
    private static final int SEQUENCE_OFFSET = JournalFormat.EVENT_STREAM_VERSION_OFFSET;
    private static final int TIMESTAMP_OFFSET = JournalFormat.EVENT_PREVIOUS_SEQUENCE_OFFSET;

    private HandWiredExcerpt() {}

    static void putHeader(
            final UnsafeBuffer buffer,
            final int offset,
            final int typeId,
            final int schemaVersion,
            final long streamId,
            final int payloadLength) {
        buffer.putInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, HEADER_BYTES + payloadLength, ORDER);
        buffer.putShort(offset + JournalFormat.EVENT_TYPE_ID_OFFSET, (short) typeId, ORDER);
        buffer.putShort(offset + JournalFormat.EVENT_SCHEMA_VERSION_OFFSET, (short) schemaVersion, ORDER);
        buffer.putLong(offset + JournalFormat.EVENT_STREAM_ID_OFFSET, streamId, ORDER);
    }

    static void putSequence(final UnsafeBuffer buffer, final int offset, final long sequence, final long timestampNs) {
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, ORDER);
        buffer.putLong(offset + TIMESTAMP_OFFSET, timestampNs, ORDER);
    }

    static int length(final UnsafeBuffer buffer, final int offset) {
        return buffer.getInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, ORDER);
    }

    static EventView wrap(final EventView view, final UnsafeBuffer buffer, final int offset) {
        return view.wrap(
                buffer,
                offset,
                buffer.getLong(offset + SEQUENCE_OFFSET, ORDER),
                buffer.getLong(offset + TIMESTAMP_OFFSET, ORDER));
    }
}
