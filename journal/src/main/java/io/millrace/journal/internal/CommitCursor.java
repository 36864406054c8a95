package io.millrace.journal.internal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFailedException;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import java.io.File;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.io.ClosedIllegalStateException;
import net.openhft.chronicle.core.threads.InterruptedRuntimeException;
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
    /** Chronicle puts its own header word before each excerpt. */
    static final int EXCERPT_HEADER_LENGTH = Integer.BYTES;

    private final ExcerptTailer tailer;
    private final Path directory;
    private final long journalId;
    private final UnsafeBuffer commit = new UnsafeBuffer(0, 0);
    private final EventView event = new EventView();
    private final CommandView command = new CommandView();
    private final EventWindow window = new EventWindow();
    private final BooleanSupplier nextDocument = this::nextDocument;
    private final BooleanSupplier moveToTarget = this::moveToTarget;
    private DocumentContext document;
    private long targetIndex;
    private long fileOffset;
    private long nextFileOffset;
    private long expectedFirst = 1;
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
        expect(1, 0, 0);
        chronicle(() -> tailer.toStart() != null);
        expectedChain = JournalFormat.firstChain(journalId);
        chainKnown = true;
    }

    /** Expects the commit with that Chronicle index and first sequence next; what came before it is then unknown. */
    void toIndex(final long chronicleIndex, final long firstSequence) {
        expect(firstSequence, 0, 0);
        chainKnown = false;
        moveTo(chronicleIndex);
    }

    private void moveTo(final long chronicleIndex) {
        targetIndex = chronicleIndex;
        if (!chronicle(moveToTarget)) {
            throw corrupt("the commit with Chronicle index " + Long.toHexString(chronicleIndex) + " must be there");
        }
    }

    private boolean moveToTarget() {
        return tailer.moveToIndex(targetIndex);
    }

    private void expect(final long firstSequence, final long timestampNs, final int epoch) {
        expectedFirst = firstSequence;
        lastTimestampNs = timestampNs;
        lastEpoch = epoch;
    }

    /**
     * Opens and checks the next commit.
     *
     * @return false when there is none yet
     * @throws JournalCorruptException if it is not as it was written, now and at every later call
     * @throws JournalFailedException if the reader or its journal was closed
     */
    boolean open() {
        if (damage != null) {
            throw damage;
        }
        if (!chronicle(nextDocument)) {
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
        nextFileOffset = fileOffset + length + EXCERPT_HEADER_LENGTH;
        expect(lastSequence() + 1, baseTimestampNs(), epoch());
        expectedChain = JournalFormat.nextChain(chain(), crc(), length());
        chainKnown = true;
        return true;
    }

    private boolean nextDocument() {
        document = tailer.readingDocument();
        return document.isPresent();
    }

    /** Damaged headers and index pages make Chronicle throw anything, or trip over its own assertions. */
    private boolean chronicle(final BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (final ClosedIllegalStateException e) {
            throw new JournalFailedException("reader and journal must be open: directory=" + directory, e);
        } catch (final InterruptedRuntimeException e) {
            throw new JournalException("reading must not be interrupted: directory=" + directory, e);
        } catch (final Exception | AssertionError | InternalError e) {
            throw corrupt("Chronicle must find its way to the commit: " + e, e);
        }
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
        final int flags = commit.getShort(JournalFormat.COMMIT_FLAGS_OFFSET, BYTE_ORDER) & JournalFormat.MAX_U16;
        if (version != JournalFormat.VERSION || flags != 0) {
            throw corrupt("format must be version " + JournalFormat.VERSION + " without flags: version=" + version
                    + ", flags=" + flags);
        }
        final long id = commit.getLong(JournalFormat.COMMIT_JOURNAL_ID_OFFSET, BYTE_ORDER);
        if (id != journalId) {
            throw corrupt("commit must belong to journal " + Long.toHexString(journalId) + ": journalId="
                    + Long.toHexString(id));
        }
        if (firstSequence() != expectedFirst) {
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
        window.begin(commit, firstSequence());
        int offset = JournalFormat.COMMIT_HEADER_LENGTH;
        int commands = 0;
        int events = 0;
        while (offset < commit.capacity()) {
            command.wrap(commit, offset, 0, 0);
            final int end = recordEnd(offset);
            final int commandEvents = command.eventCount();
            int eventOffset = command.eventsOffset();
            for (int i = 0; i < commandEvents && eventOffset < end; i++) {
                window.add(eventOffset);
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
     * Hands out the open commit, from where the progress says. Events below its next sequence are left out, and so are
     * the commands before it. If nothing is left, not even the end is handed out.
     *
     * @param handler receives it
     * @param progress is moved to each record before that is handed out, and to the end of the commit behind the last
     */
    void deliver(final JournalHandler handler, final Progress progress) {
        final long from = progress.nextSequence;
        final int resume = progress.resumeOffset;
        final long baseTimestampNs = baseTimestampNs();
        final int end = commit.capacity();
        final long firstSequence = firstSequence();
        long sequence = firstSequence;
        long nextWindow = sequence;
        int offset = JournalFormat.COMMIT_HEADER_LENGTH;
        while (offset < end) {
            command.wrap(commit, offset, sequence, baseTimestampNs);
            final int events = command.eventCount();
            int eventOffset = command.eventsOffset();
            final int nextOffset = offset + command.recordLength();
            final long timestampNs = command.timestampNs();
            if (sequence >= from && offset >= resume) {
                progress.moveTo(sequence, offset);
                handler.onCommand(command);
            }
            for (int i = 0; i < events; i++) {
                if (sequence == nextWindow) {
                    handler.onAhead(window.from((int) (sequence - firstSequence)));
                    nextWindow += EventBatch.MAX_EVENTS;
                }
                if (sequence >= from && eventOffset >= resume) {
                    progress.moveTo(sequence, eventOffset);
                    handler.onEvent(event.wrap(commit, eventOffset, sequence, timestampNs));
                }
                sequence++;
                eventOffset += paddedEventLength(eventOffset);
            }
            offset = nextOffset;
        }
        if (progress.resumeOffset > 0) {
            progress.moveTo(Math.max(sequence, from), end);
            handler.onCommitEnd(sequence - 1);
        }
        progress.resumeOffset = 0;
    }

    private int paddedEventLength(final int offset) {
        return JournalFormat.align(commit.getInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, BYTE_ORDER));
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
            eventOffset += paddedEventLength(eventOffset);
        }
        view.wrap(commit, eventOffset, sequence, command.timestampNs());
    }

    /** Where a delivery has got to; outlives an exception that ends it. */
    static final class Progress {
        /** Sequence of the next event to hand out, and of the event that a command to hand out stands before. */
        long nextSequence;

        /** Record of the half-delivered commit to go on with; 0 when no commit is half delivered. */
        int resumeOffset;

        private void moveTo(final long sequence, final int offset) {
            nextSequence = sequence;
            resumeOffset = offset;
        }
    }

    /** Lets go of the open commit; the cursor stands behind it. Does nothing when none is open. */
    void close() {
        final DocumentContext open = document;
        if (open != null) {
            document = null;
            open.close();
        }
    }

    /** Lets go of the open commit and stands before it again. */
    void rewind() {
        final long index = document.index();
        expect(firstSequence(), baseTimestampNs(), epoch());
        expectedChain = chain();
        close();
        moveTo(index);
    }

    /** Gives the mapping back. */
    void release() {
        tailer.close();
    }

    /** Marks the journal as damaged at the commit that is open, or was to be opened, and lets go of it. */
    JournalCorruptException corrupt(final String cause) {
        return corrupt(cause, null);
    }

    private JournalCorruptException corrupt(final String message, final Throwable cause) {
        final File current = tailer.currentFile();
        damage = new JournalCorruptException(
                current == null ? directory : current.toPath(),
                document == null ? nextFileOffset : fileOffset,
                expectedFirst,
                message);
        if (cause != null) {
            damage.initCause(cause);
        }
        Closing.quietly(this::close, damage);
        return damage;
    }

    long chronicleIndex() {
        return document.index();
    }

    /** Offset of the open commit, or of the last one that was open, in its file. */
    long fileOffset() {
        return fileOffset;
    }

    /** Where the commit behind that one starts, unless index pages of Chronicle's lie between them. */
    long nextFileOffset() {
        return nextFileOffset;
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
