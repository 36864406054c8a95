package io.millrace.journal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;

import org.agrona.DirectBuffer;

/**
 * Reads one event record in place. A flyweight: it is moved from record to record and is valid only during the call that
 * hands it out; copy what must outlive the call. Used by one thread at a time. Never allocates.
 */
public final class EventView {
    private DirectBuffer buffer;
    private int recordOffset;
    private long sequence;
    private long timestampNs;

    /** Creates a view that must be {@linkplain #wrap wrapped} before use. */
    public EventView() {}

    /**
     * Moves this view to an event record.
     *
     * @param buffer that holds the record
     * @param recordOffset first byte of the record in the buffer
     * @param sequence of the event
     * @param timestampNs of its command
     * @return this
     */
    public EventView wrap(
            final DirectBuffer buffer, final int recordOffset, final long sequence, final long timestampNs) {
        this.buffer = buffer;
        this.recordOffset = recordOffset;
        this.sequence = sequence;
        this.timestampNs = timestampNs;
        return this;
    }

    /**
     * Position of the event in the journal.
     *
     * @return the sequence, from 1, dense
     */
    public long sequence() {
        return sequence;
    }

    /**
     * When the command was decided.
     *
     * @return nanoseconds since 1970-01-01T00:00Z; never decreases from event to event
     */
    public long timestampNs() {
        return timestampNs;
    }

    /**
     * The number that tells what the payload is.
     *
     * @return 1 to 65535
     */
    public int typeId() {
        return buffer.getShort(recordOffset + JournalFormat.EVENT_TYPE_ID_OFFSET, BYTE_ORDER) & JournalFormat.MAX_U16;
    }

    /**
     * Version of the payload's schema.
     *
     * @return 0 to 65535
     */
    public int schemaVersion() {
        return buffer.getShort(recordOffset + JournalFormat.EVENT_SCHEMA_VERSION_OFFSET, BYTE_ORDER)
                & JournalFormat.MAX_U16;
    }

    /**
     * The stream that the event belongs to.
     *
     * @return id chosen by the state machine
     */
    public long streamId() {
        return buffer.getLong(recordOffset + JournalFormat.EVENT_STREAM_ID_OFFSET, BYTE_ORDER);
    }

    /**
     * Count of events in the stream up to this one.
     *
     * @return the stream version, from 1
     */
    public long streamVersion() {
        return buffer.getLong(recordOffset + JournalFormat.EVENT_STREAM_VERSION_OFFSET, BYTE_ORDER);
    }

    /**
     * Sequence of the stream's previous event.
     *
     * @return the sequence, 0 when this is the stream's first event
     */
    public long previousSequence() {
        return buffer.getLong(recordOffset + JournalFormat.EVENT_PREVIOUS_SEQUENCE_OFFSET, BYTE_ORDER);
    }

    /**
     * The buffer that holds the payload.
     *
     * @return the buffer; read it only from {@link #offset()} for {@link #length()} bytes
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the payload starts.
     *
     * @return offset in {@link #buffer()}
     */
    public int offset() {
        return recordOffset + JournalFormat.EVENT_HEADER_LENGTH;
    }

    /**
     * Length of the payload.
     *
     * @return bytes, at least 1
     */
    public int length() {
        return buffer.getInt(recordOffset + JournalFormat.EVENT_LENGTH_OFFSET, BYTE_ORDER)
                - JournalFormat.EVENT_HEADER_LENGTH;
    }

    @Override
    public String toString() {
        return buffer == null
                ? "EventView{unwrapped}"
                : "EventView{sequence=" + sequence + ", typeId=" + typeId() + ", streamId=" + streamId()
                        + ", streamVersion=" + streamVersion() + ", length=" + length() + '}';
    }
}
