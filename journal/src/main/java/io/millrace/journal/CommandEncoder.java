package io.millrace.journal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;
import static io.millrace.journal.JournalFormat.COMMAND_HEADER_LENGTH;
import static io.millrace.journal.JournalFormat.EVENT_HEADER_LENGTH;
import static io.millrace.journal.JournalFormat.MAX_U16;
import static io.millrace.journal.JournalFormat.align;

import io.millrace.journal.InvalidRecordException.Reason;
import io.millrace.journal.internal.StreamHeads;
import io.millrace.journal.internal.TypeFilter;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes command records into a caller's buffer. For one thread, the one that decides. Per command:
 * {@link #begin}, any number of {@link #claimEvent} and at most one {@link #result}, then {@link #end}. Events get their
 * sequence, stream version and back pointer in {@code end}, so a command that is abandoned, or whose events are
 * {@linkplain #discardEvents discarded}, leaves no trace. Never allocates.
 */
public final class CommandEncoder {
    private final StreamHeads heads;
    private final TypeFilter types;
    private final int maxResultBytes;
    private final UnsafeBuffer result;
    private MutableDirectBuffer buffer;
    private int recordOffset;
    private int limit;
    private int position;
    private int eventCount;
    private int resultLength;
    private boolean begun;
    private long nextSequence;

    /**
     * Creates the encoder of a journal; use {@link Journal#commandEncoder()}.
     *
     * @param config limits and allowed types
     * @param heads newest event of every stream
     * @param nextSequence of the next event
     */
    public CommandEncoder(final JournalConfig config, final StreamHeads heads, final long nextSequence) {
        this.heads = heads;
        this.nextSequence = nextSequence;
        maxResultBytes = config.maxResultBytes();
        result = new UnsafeBuffer(new byte[maxResultBytes]);
        types = new TypeFilter(config.eventTypes());
    }

    /**
     * Starts a command record. Forgets one that was begun and not ended.
     *
     * @param target to write into
     * @param offset of the record, a multiple of {@link JournalFormat#ALIGNMENT}
     * @param maxLength bytes that the record may take
     */
    public void begin(final MutableDirectBuffer target, final int offset, final int maxLength) {
        buffer = target;
        recordOffset = offset;
        limit = offset + maxLength;
        position = offset + COMMAND_HEADER_LENGTH;
        eventCount = 0;
        resultLength = 0;
        begun = true;
    }

    /**
     * Adds an event and returns where its payload goes; the caller writes exactly {@code length} bytes there before the
     * next call.
     *
     * @param typeId 1 to 65535, one of the configured types
     * @param schemaVersion 0 to 65535
     * @param streamId of the stream that the event belongs to
     * @param length of the payload in bytes, at least 1
     * @return offset of the payload in {@link #buffer()}
     * @throws InvalidRecordException if a value is out of range or the record would grow too long; the event was not
     *     added
     * @throws IllegalStateException if no command was begun
     */
    public int claimEvent(final int typeId, final int schemaVersion, final long streamId, final int length) {
        checkEvent(typeId, schemaVersion, length);
        final int offset = position;
        final MutableDirectBuffer target = buffer;
        target.putLong(
                offset + JournalFormat.EVENT_LENGTH_OFFSET,
                JournalFormat.eventWord(EVENT_HEADER_LENGTH + length, typeId, schemaVersion),
                BYTE_ORDER);
        target.putLong(offset + JournalFormat.EVENT_STREAM_ID_OFFSET, streamId, BYTE_ORDER);
        final int payload = offset + EVENT_HEADER_LENGTH;
        position = pad(payload, length);
        eventCount++;
        return payload;
    }

    /**
     * Sets the command's result payload, replacing an earlier one.
     *
     * @param source to copy from
     * @param offset in the source
     * @param length in bytes, 0 to {@link JournalConfig#maxResultBytes()}
     * @throws InvalidRecordException if the length is out of range; the earlier result stays
     */
    public void result(final DirectBuffer source, final int offset, final int length) {
        if (length < 0 || length > maxResultBytes) {
            throw new InvalidRecordException(
                    length < 0 ? Reason.BAD_LENGTH : Reason.TOO_LARGE,
                    "result payload must be 0 to " + maxResultBytes + " bytes: length=" + length);
        }
        result.putBytes(0, source, offset, length);
        resultLength = length;
    }

    /** Drops the events that were added to the command; its result stays. */
    public void discardEvents() {
        position = recordOffset + COMMAND_HEADER_LENGTH;
        eventCount = 0;
    }

    /** Drops the command's result. */
    public void discardResult() {
        resultLength = 0;
    }

    /**
     * Completes the record: writes the header and the result, and gives each event its stream version and back pointer.
     *
     * @param clientId who sent the command, 0 for anonymous
     * @param requestId the client's number for it
     * @param accepted whether it was accepted
     * @param code outcome code, 0 to 65535
     * @param durability that it asked for
     * @param timestampDeltaNs nanoseconds since the base timestamp of the commit, 0 to 2^32 - 1
     * @return length of the record in bytes
     * @throws InvalidRecordException if the result does not fit, or a number is out of range; sequences are untouched
     * @throws IllegalStateException if no command was begun
     */
    public int end(
            final long clientId,
            final long requestId,
            final boolean accepted,
            final int code,
            final Durability durability,
            final long timestampDeltaNs) {
        checkEnd(code, timestampDeltaNs);
        begun = false;
        final MutableDirectBuffer target = buffer;
        assignSequences(target);
        if (resultLength > 0) {
            target.putBytes(position, result, 0, resultLength);
            position = pad(position, resultLength);
        }
        final int length = position - recordOffset;
        final int start = recordOffset;
        target.putLong(
                start + JournalFormat.COMMAND_LENGTH_OFFSET, timestampDeltaNs << Integer.SIZE | length, BYTE_ORDER);
        target.putLong(start + JournalFormat.COMMAND_CLIENT_ID_OFFSET, clientId, BYTE_ORDER);
        target.putLong(start + JournalFormat.COMMAND_REQUEST_ID_OFFSET, requestId, BYTE_ORDER);
        target.putLong(
                start + JournalFormat.COMMAND_CODE_OFFSET,
                JournalFormat.outcomeWord(
                        code,
                        accepted ? JournalFormat.STATUS_ACCEPTED : JournalFormat.STATUS_REJECTED,
                        durability.code(),
                        resultLength,
                        eventCount),
                BYTE_ORDER);
        return length;
    }

    /**
     * Reads what {@link #end} will need for many streams, so that it is in the cache by then. Purely for speed.
     *
     * @param streamIds of streams that will soon get an event
     * @param count how many of them
     */
    public void prefetch(final long[] streamIds, final int count) {
        heads.prefetch(streamIds, count);
    }

    /**
     * The buffer given to {@link #begin}.
     *
     * @return the buffer
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * Number of events in the current command.
     *
     * @return the count
     */
    public int eventCount() {
        return eventCount;
    }

    /**
     * Length of the current command's result payload.
     *
     * @return bytes, 0 when there is none
     */
    public int resultLength() {
        return resultLength;
    }

    /**
     * Where the current command's first event record starts.
     *
     * @return offset in {@link #buffer()}
     */
    public int eventsOffset() {
        return recordOffset + COMMAND_HEADER_LENGTH;
    }

    /**
     * Sequence of the next event: that of the current command's first one until {@link #end}, of the next command's
     * after it. The journaling thread may read it too: it then is at least behind what was handed to that thread.
     *
     * @return the sequence
     */
    public long nextSequence() {
        return nextSequence;
    }

    private void assignSequences(final MutableDirectBuffer target) {
        int offset = recordOffset + COMMAND_HEADER_LENGTH;
        for (int i = 0; i < eventCount; i++) {
            final long streamId = target.getLong(offset + JournalFormat.EVENT_STREAM_ID_OFFSET, BYTE_ORDER);
            heads.advance(streamId, nextSequence++);
            target.putLong(offset + JournalFormat.EVENT_STREAM_VERSION_OFFSET, heads.advancedVersion(), BYTE_ORDER);
            target.putLong(offset + JournalFormat.EVENT_PREVIOUS_SEQUENCE_OFFSET, heads.advancedPrevious(), BYTE_ORDER);
            offset += align(target.getInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, BYTE_ORDER));
        }
    }

    /** Zeroes the padding behind a payload, so that equal records have equal bytes. */
    private int pad(final int offset, final int length) {
        final int end = offset + length;
        final int padded = offset + align(length);
        for (int i = end; i < padded; i++) {
            buffer.putByte(i, (byte) 0);
        }
        return padded;
    }

    private void requireBegun() {
        if (!begun) {
            throw new IllegalStateException("a command must be begun before it gets events or ends");
        }
    }

    private void checkEvent(final int typeId, final int schemaVersion, final int length) {
        requireBegun();
        if (!types.allows(typeId)) {
            throw new InvalidRecordException(
                    Reason.UNKNOWN_TYPE, "event type id must be 1 to 65535 and one of the configured types: " + typeId);
        }
        if (schemaVersion < 0 || schemaVersion > MAX_U16) {
            throw new InvalidRecordException(Reason.BAD_LENGTH, "schema version must be 0 to 65535: " + schemaVersion);
        }
        if (length <= 0) {
            throw new InvalidRecordException(
                    length == 0 ? Reason.EMPTY_PAYLOAD : Reason.BAD_LENGTH,
                    "event payload must have at least 1 byte: length=" + length);
        }
        final int room = limit - position - EVENT_HEADER_LENGTH;
        if (length > room || align(length) > room || eventCount == MAX_U16) {
            throw new InvalidRecordException(
                    Reason.TOO_LARGE,
                    "events of one command must fit: events=" + (eventCount + 1) + ", maxEvents=" + MAX_U16
                            + ", bytes=" + (position - recordOffset + (long) EVENT_HEADER_LENGTH + length)
                            + ", maxBytes=" + (limit - recordOffset));
        }
    }

    private void checkEnd(final int code, final long timestampDeltaNs) {
        requireBegun();
        if (code < 0 || code > MAX_U16) {
            throw new InvalidRecordException(Reason.BAD_LENGTH, "outcome code must be 0 to 65535: " + code);
        }
        if (timestampDeltaNs < 0 || timestampDeltaNs > 0xFFFF_FFFFL) {
            throw new InvalidRecordException(
                    Reason.BAD_LENGTH, "timestamp delta must be 0 to 2^32 - 1: " + timestampDeltaNs);
        }
        if (align(resultLength) > limit - position) {
            throw new InvalidRecordException(
                    Reason.TOO_LARGE,
                    "events and result of one command must fit: bytes=" + (position - recordOffset + resultLength)
                            + ", maxBytes=" + (limit - recordOffset));
        }
    }
}
