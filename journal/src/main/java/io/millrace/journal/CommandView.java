package io.millrace.journal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;
import static io.millrace.journal.JournalFormat.MAX_U16;

import org.agrona.DirectBuffer;

/**
 * Reads the header and result of one command record in place. A flyweight with the same rules as {@link EventView}.
 */
public final class CommandView {
    private DirectBuffer buffer;
    private int recordOffset;
    private long firstSequence;
    private long baseTimestampNs;

    /** Creates a view that must be {@linkplain #wrap wrapped} before use. */
    public CommandView() {}

    /**
     * Moves this view to a command record.
     *
     * @param buffer that holds the record
     * @param recordOffset first byte of the record in the buffer
     * @param firstSequence sequence of its first event, or of the next event to come when it has none
     * @param baseTimestampNs of its commit
     * @return this
     */
    public CommandView wrap(
            final DirectBuffer buffer, final int recordOffset, final long firstSequence, final long baseTimestampNs) {
        this.buffer = buffer;
        this.recordOffset = recordOffset;
        this.firstSequence = firstSequence;
        this.baseTimestampNs = baseTimestampNs;
        return this;
    }

    /**
     * Who sent the command.
     *
     * @return the client id, 0 for an anonymous command
     */
    public long clientId() {
        return buffer.getLong(recordOffset + JournalFormat.COMMAND_CLIENT_ID_OFFSET, BYTE_ORDER);
    }

    /**
     * The client's number for the command.
     *
     * @return the request id
     */
    public long requestId() {
        return buffer.getLong(recordOffset + JournalFormat.COMMAND_REQUEST_ID_OFFSET, BYTE_ORDER);
    }

    /**
     * Whether the command was accepted.
     *
     * @return false if it was rejected
     */
    public boolean accepted() {
        return buffer.getByte(recordOffset + JournalFormat.COMMAND_STATUS_OFFSET) == JournalFormat.STATUS_ACCEPTED;
    }

    /**
     * The outcome code that the state machine chose.
     *
     * @return 0 to 65535
     */
    public int code() {
        return buffer.getShort(recordOffset + JournalFormat.COMMAND_CODE_OFFSET, BYTE_ORDER) & MAX_U16;
    }

    /**
     * The durability that the command asked for.
     *
     * @return the level
     */
    public Durability durability() {
        return Durability.ofCode(buffer.getByte(recordOffset + JournalFormat.COMMAND_DURABILITY_OFFSET));
    }

    /**
     * When the command was decided.
     *
     * @return nanoseconds since 1970-01-01T00:00Z
     */
    public long timestampNs() {
        return baseTimestampNs
                + (buffer.getInt(recordOffset + JournalFormat.COMMAND_TIMESTAMP_DELTA_OFFSET, BYTE_ORDER)
                        & 0xFFFF_FFFFL);
    }

    /**
     * Sequence of the command's first event.
     *
     * @return the sequence, or that of the next event to come when the command has none
     */
    public long firstSequence() {
        return firstSequence;
    }

    /**
     * Number of events that the command emitted.
     *
     * @return 0 to 65535
     */
    public int eventCount() {
        return buffer.getShort(recordOffset + JournalFormat.COMMAND_EVENT_COUNT_OFFSET, BYTE_ORDER) & MAX_U16;
    }

    /**
     * The buffer that holds the result payload.
     *
     * @return the buffer; read it only from {@link #resultOffset()} for {@link #resultLength()} bytes
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the result payload starts.
     *
     * @return offset in {@link #buffer()}
     */
    public int resultOffset() {
        return recordOffset + recordLength() - JournalFormat.align(resultLength());
    }

    /**
     * Length of the result payload.
     *
     * @return bytes, 0 when there is none
     */
    public int resultLength() {
        return buffer.getShort(recordOffset + JournalFormat.COMMAND_RESULT_LENGTH_OFFSET, BYTE_ORDER) & MAX_U16;
    }

    /**
     * Length of the whole record.
     *
     * @return bytes, a multiple of {@link JournalFormat#ALIGNMENT}
     */
    public int recordLength() {
        return buffer.getInt(recordOffset + JournalFormat.COMMAND_LENGTH_OFFSET, BYTE_ORDER);
    }

    /**
     * Where the first event record starts.
     *
     * @return offset in {@link #buffer()}
     */
    public int eventsOffset() {
        return recordOffset + JournalFormat.COMMAND_HEADER_LENGTH;
    }
}
