package io.millrace.journal.internal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import java.io.File;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks the commits of a journal in place and checks each one before it hands anything out. The only reader of the
 * format's envelope; recovery, replay, projections and stream reads all go through here.
 *
 * <p>The protocol per commit: {@link #open} (true when there is one), then {@link #deliver} or the accessors, then
 * {@link #close}. The mapped memory is valid only in between.
 */
final class CommitCursor {
    private static final long UNKNOWN = -1;

    private final ExcerptTailer tailer;
    private final Path directory;
    private final long journalId;
    private final UnsafeBuffer commit = new UnsafeBuffer(0, 0);
    private final EventView event = new EventView();
    private final CommandView command = new CommandView();
    private DocumentContext document;
    private long fileOffset;
    private long expectedFirst = UNKNOWN;
    private long expectedChain;
    private boolean chainKnown;
    private long lastTimestampNs;
    private int lastEpoch;
    private JournalCorruptException damage;

    CommitCursor(final ExcerptTailer tailer, final Path directory, final long journalId) {
        this.tailer = tailer;
        this.directory = directory;
        this.journalId = journalId;
    }

    /** Expects the journal's first commit next. */
    void toStart() {
        tailer.toStart();
        expectedFirst = 1;
        expectedChain = JournalFormat.firstChain(journalId);
        chainKnown = true;
        lastTimestampNs = 0;
        lastEpoch = 0;
    }

    /** Expects the commit with that Chronicle index next; what came before it is then unknown. */
    void toIndex(final long chronicleIndex) {
        if (!tailer.moveToIndex(chronicleIndex)) {
            throw corrupt("the commit with Chronicle index " + Long.toHexString(chronicleIndex) + " must be there");
        }
        expectedFirst = UNKNOWN;
        chainKnown = false;
        lastTimestampNs = 0;
        lastEpoch = 0;
    }

    /**
     * Opens and checks the next commit.
     *
     * @return false when there is none yet
     * @throws JournalCorruptException if it is not as it was written, now and at every later call
     */
    boolean open() {
        if (damage != null) {
            throw damage;
        }
        document = tailer.readingDocument();
        if (!document.isPresent()) {
            close();
            return false;
        }
        final Bytes<?> bytes = document.wire().bytes();
        fileOffset = bytes.readPosition();
        final long length = bytes.readRemaining();
        if (length < JournalFormat.COMMIT_HEADER_LENGTH || length > Integer.MAX_VALUE) {
            throw corrupt(
                    "commit must be at least " + JournalFormat.COMMIT_HEADER_LENGTH + " bytes long: length=" + length);
        }
        commit.wrap(bytes.addressForRead(fileOffset), (int) length);
        check();
        expectedFirst = lastSequence() + 1;
        expectedChain = JournalFormat.nextChain(chain(), crc(), length());
        chainKnown = true;
        lastTimestampNs = baseTimestampNs();
        lastEpoch = epoch();
        return true;
    }

    private void check() {
        if (commit.getInt(JournalFormat.COMMIT_MAGIC_OFFSET, BYTE_ORDER) != JournalFormat.MAGIC) {
            throw corrupt("commit must start with the magic MRC1");
        }
        if (length() != commit.capacity()) {
            throw corrupt("commit length must be that of its excerpt, " + commit.capacity() + ": " + length());
        }
        final int crc = Crc32c.INSTANCE.compute(
                commit.addressOffset(),
                JournalFormat.COMMIT_CHECKED_OFFSET,
                commit.capacity() - JournalFormat.COMMIT_CHECKED_OFFSET);
        if (crc != crc()) {
            throw corrupt("CRC-32C must be " + Integer.toHexString(crc()) + ": " + Integer.toHexString(crc));
        }
        checkEnvelope();
        checkRecords();
    }

    private void checkEnvelope() {
        final int version = commit.getShort(JournalFormat.COMMIT_VERSION_OFFSET, BYTE_ORDER) & JournalFormat.MAX_U16;
        if (version != JournalFormat.VERSION) {
            throw corrupt("format version must be " + JournalFormat.VERSION + ": " + version);
        }
        final long id = commit.getLong(JournalFormat.COMMIT_JOURNAL_ID_OFFSET, BYTE_ORDER);
        if (id != journalId) {
            throw corrupt("commit must belong to journal " + Long.toHexString(journalId) + ": journalId="
                    + Long.toHexString(id));
        }
        if (expectedFirst != UNKNOWN && firstSequence() != expectedFirst) {
            throw corrupt("first sequence must be " + expectedFirst + ": " + firstSequence());
        }
        if (chainKnown && chain() != expectedChain) {
            throw corrupt("chain must be " + Long.toHexString(expectedChain) + ": " + Long.toHexString(chain()));
        }
        if (baseTimestampNs() < lastTimestampNs || epoch() < lastEpoch) {
            throw corrupt("timestamp and epoch must not decrease: timestampNs=" + baseTimestampNs() + " after "
                    + lastTimestampNs + ", epoch=" + epoch() + " after " + lastEpoch);
        }
    }

    /** The records must fill the commit exactly. A good CRC says that they do; this keeps a bad writer from lying. */
    private void checkRecords() {
        int offset = JournalFormat.COMMIT_HEADER_LENGTH;
        int commands = 0;
        int events = 0;
        while (offset < commit.capacity()) {
            command.wrap(commit, offset, 0, 0);
            final int end = recordEnd(offset);
            final int commandEvents = command.eventCount();
            int eventOffset = command.eventsOffset();
            for (int i = 0; i < commandEvents && eventOffset < end; i++) {
                eventOffset += eventLength(eventOffset, end);
            }
            if (eventOffset + JournalFormat.align(command.resultLength()) != end) {
                throw corrupt("command record at " + offset + " must be filled by its events and result");
            }
            events += commandEvents;
            commands++;
            offset = end;
        }
        if (events != eventCount()
                || commands != commit.getInt(JournalFormat.COMMIT_COMMAND_COUNT_OFFSET, BYTE_ORDER)) {
            throw corrupt("commit must hold as many commands and events as it says: commands=" + commands + ", events="
                    + events);
        }
    }

    private int recordEnd(final int offset) {
        final int remaining = commit.capacity() - offset;
        final int length = remaining < JournalFormat.COMMAND_HEADER_LENGTH ? 0 : command.recordLength();
        if (length < JournalFormat.COMMAND_HEADER_LENGTH
                || length > remaining
                || JournalFormat.align(length) != length) {
            throw corrupt("command record at " + offset + " must fit: length=" + length + ", remaining=" + remaining);
        }
        return offset + length;
    }

    private int eventLength(final int offset, final int end) {
        final int remaining = end - offset;
        final int length = remaining < JournalFormat.EVENT_HEADER_LENGTH
                ? 0
                : commit.getInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, BYTE_ORDER);
        if (length <= JournalFormat.EVENT_HEADER_LENGTH || length > remaining) {
            throw corrupt("event record at " + offset + " must fit: length=" + length + ", remaining=" + remaining);
        }
        return JournalFormat.align(length);
    }

    /**
     * Hands out the open commit.
     *
     * @param handler receives it
     * @param fromSequence events before it are left out, and so is the command they belong to
     * @param progress gets the sequence of each event before it is delivered
     */
    void deliver(final JournalHandler handler, final long fromSequence, final Progress progress) {
        final long baseTimestampNs = baseTimestampNs();
        final int end = commit.capacity();
        long sequence = firstSequence();
        int offset = JournalFormat.COMMIT_HEADER_LENGTH;
        while (offset < end) {
            command.wrap(commit, offset, sequence, baseTimestampNs);
            offset += command.recordLength();
            final long timestampNs = command.timestampNs();
            final int events = command.eventCount();
            if (sequence >= fromSequence) {
                handler.onCommand(command);
            }
            int eventOffset = command.eventsOffset();
            for (int i = 0; i < events; i++) {
                if (sequence >= fromSequence) {
                    progress.nextSequence = sequence;
                    handler.onEvent(event.wrap(commit, eventOffset, sequence, timestampNs));
                }
                sequence++;
                eventOffset +=
                        JournalFormat.align(commit.getInt(eventOffset + JournalFormat.EVENT_LENGTH_OFFSET, BYTE_ORDER));
            }
        }
        progress.nextSequence = Math.max(sequence, fromSequence);
        handler.onCommitEnd(sequence - 1);
    }

    /** Moves a view to one event of the open commit, which must hold it. */
    void locate(final long sequence, final EventView view) {
        final long baseTimestampNs = baseTimestampNs();
        long first = firstSequence();
        int offset = JournalFormat.COMMIT_HEADER_LENGTH;
        command.wrap(commit, offset, first, baseTimestampNs);
        while (sequence >= first + command.eventCount()) {
            first += command.eventCount();
            offset += command.recordLength();
            command.wrap(commit, offset, first, baseTimestampNs);
        }
        int eventOffset = command.eventsOffset();
        for (long skipped = first; skipped < sequence; skipped++) {
            eventOffset +=
                    JournalFormat.align(commit.getInt(eventOffset + JournalFormat.EVENT_LENGTH_OFFSET, BYTE_ORDER));
        }
        view.wrap(commit, eventOffset, sequence, command.timestampNs());
    }

    /** Where a delivery has got to; outlives an exception that ends it. */
    static final class Progress {
        long nextSequence;
    }

    /** Lets go of the open commit; the cursor stands behind it. */
    void close() {
        document.close();
    }

    /** Lets go of the open commit and stands before it again. */
    void rewind() {
        final long index = document.index();
        document.close();
        toIndex(index);
    }

    /** Gives the mapping back. */
    void release() {
        tailer.close();
    }

    JournalCorruptException corrupt(final String cause) {
        final File current = tailer.currentFile();
        damage = new JournalCorruptException(
                current == null ? directory : current.toPath(), fileOffset, Math.max(1, expectedFirst), cause);
        if (document != null) {
            document.close();
        }
        return damage;
    }

    long chronicleIndex() {
        return document.index();
    }

    long expectedFirst() {
        return expectedFirst;
    }

    long expectedChain() {
        return expectedChain;
    }

    long firstSequence() {
        return commit.getLong(JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET, BYTE_ORDER);
    }

    int eventCount() {
        return commit.getInt(JournalFormat.COMMIT_EVENT_COUNT_OFFSET, BYTE_ORDER);
    }

    /** Sequence of the last event up to and including this commit. */
    long lastSequence() {
        return firstSequence() + eventCount() - 1;
    }

    int length() {
        return commit.getInt(JournalFormat.COMMIT_LENGTH_OFFSET, BYTE_ORDER);
    }

    int epoch() {
        return commit.getInt(JournalFormat.COMMIT_EPOCH_OFFSET, BYTE_ORDER);
    }

    long baseTimestampNs() {
        return commit.getLong(JournalFormat.COMMIT_BASE_TIMESTAMP_OFFSET, BYTE_ORDER);
    }

    private long chain() {
        return commit.getLong(JournalFormat.COMMIT_CHAIN_OFFSET, BYTE_ORDER);
    }

    private int crc() {
        return commit.getInt(JournalFormat.COMMIT_CRC_OFFSET, BYTE_ORDER);
    }
}
