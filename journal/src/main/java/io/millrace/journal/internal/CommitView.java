package io.millrace.journal.internal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import java.security.MessageDigest;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One commit in memory, wherever its bytes were read from: checks it against what came before it, and hands out what it
 * holds. The only code that knows what makes a commit good; recovery, replay, projections, stream reads and tools all go
 * through here.
 *
 * <p>A check never throws: it returns what is wrong, and the reader, who knows file and offset, refuses. Nothing of a
 * commit is believed before its CRC was found good, but for its length, which bounds what the CRC is computed of.
 */
final class CommitView {
    private final UnsafeBuffer commit = new UnsafeBuffer(0, 0);
    private final EventView event = new EventView();
    private final CommandView command = new CommandView();
    private final EventWindow window = new EventWindow();
    private final long journalId;
    private long expectedFirst = 1;
    private long expectedChain;
    private boolean chainKnown;
    private long lastTimestampNs;
    private long newestDeltaNs;
    private int lastEpoch;
    private boolean foreign;

    CommitView(final long journalId) {
        this.journalId = journalId;
    }

    /** Another view of commits of the same journal. */
    CommitView sameJournal() {
        return new CommitView(journalId);
    }

    /** Expects the commit with that first sequence and chain next, whatever its time and epoch. */
    void expect(final long firstSequence, final long chain) {
        expect(firstSequence, 0, 0);
        expectedChain = chain;
        chainKnown = true;
    }

    /** Expects the commit with that first sequence next; what came before it is not known. */
    void expectUnchained(final long firstSequence) {
        expect(firstSequence, 0, 0);
        chainKnown = false;
    }

    private void expect(final long firstSequence, final long timestampNs, final int epoch) {
        expectedFirst = firstSequence;
        lastTimestampNs = timestampNs;
        lastEpoch = epoch;
    }

    /** Expects this commit again. */
    void rewind() {
        expect(firstSequence(), baseTimestampNs(), epoch());
        expectedChain = chain();
    }

    /**
     * Moves to a commit and checks it; if it is good, the next one is expected behind it.
     *
     * @param address of its first byte; the memory must stay as it is until the next call
     * @param length of its excerpt in bytes
     * @return what is wrong with it, null when nothing is
     */
    String open(final long address, final long length) {
        if (length < JournalFormat.COMMIT_HEADER_LENGTH || length > Integer.MAX_VALUE) {
            return "commit must be at least " + JournalFormat.COMMIT_HEADER_LENGTH + " bytes long: length=" + length;
        }
        commit.wrap(address, (int) length);
        foreign = false;
        String wrong = checkBytes();
        wrong = wrong == null ? checkEnvelope() : wrong;
        wrong = wrong == null ? checkRecords() : wrong;
        if (wrong == null) {
            expect(lastSequence() + 1, baseTimestampNs(), epoch());
            expectedChain = nextChain();
            chainKnown = true;
        }
        return wrong;
    }

    /** Moves to a commit that another view of the journal has found good, with its events at those places. */
    void show(final long address, final int[] eventOffsets, final int from, final int count) {
        commit.wrap(address, JournalFormat.COMMIT_HEADER_LENGTH);
        commit.wrap(address, length());
        window.show(commit, firstSequence(), eventOffsets, from, count);
    }

    private String checkBytes() {
        if (commit.getInt(JournalFormat.COMMIT_MAGIC_OFFSET, BYTE_ORDER) != JournalFormat.MAGIC) {
            return "commit must start with the magic MRC1";
        }
        if (length() != commit.capacity()) {
            return "commit length must be that of its excerpt, " + commit.capacity() + ": " + length();
        }
        final int crc = Crc32c.INSTANCE.compute(
                commit.addressOffset(),
                JournalFormat.COMMIT_CHECKED_OFFSET,
                commit.capacity() - JournalFormat.COMMIT_CHECKED_OFFSET);
        return crc == crc() ? null : "CRC-32C must be " + Integer.toHexString(crc()) + ": " + Integer.toHexString(crc);
    }

    private String checkEnvelope() {
        final int version = commit.getShort(JournalFormat.COMMIT_VERSION_OFFSET, BYTE_ORDER) & JournalFormat.MAX_U16;
        final int flags = commit.getShort(JournalFormat.COMMIT_FLAGS_OFFSET, BYTE_ORDER) & JournalFormat.MAX_U16;
        if (version != JournalFormat.VERSION || flags != 0) {
            return "format must be version " + JournalFormat.VERSION + " without flags: version=" + version + ", flags="
                    + flags;
        }
        final long id = commit.getLong(JournalFormat.COMMIT_JOURNAL_ID_OFFSET, BYTE_ORDER);
        if (id != journalId) {
            foreign = true;
            return "commit must belong to journal " + Long.toHexString(journalId) + ": journalId="
                    + Long.toHexString(id);
        }
        if (firstSequence() != expectedFirst) {
            return "first sequence must be " + expectedFirst + ": " + firstSequence();
        }
        if (chainKnown && chain() != expectedChain) {
            return "chain must be " + Long.toHexString(expectedChain) + ": " + Long.toHexString(chain());
        }
        if (baseTimestampNs() < lastTimestampNs || epoch() < lastEpoch) {
            return "timestamp and epoch must not decrease: timestampNs=" + baseTimestampNs() + " after "
                    + lastTimestampNs + ", epoch=" + epoch() + " after " + lastEpoch;
        }
        return null;
    }

    /** The records must fill the commit exactly. A good CRC says that they do; this keeps a bad writer from lying. */
    private String checkRecords() {
        window.begin(commit, firstSequence());
        final int end = commit.capacity();
        int offset = JournalFormat.COMMIT_HEADER_LENGTH;
        int commands = 0;
        newestDeltaNs = 0;
        while (offset < end) {
            final int remaining = end - offset;
            final int length = remaining < JournalFormat.COMMAND_HEADER_LENGTH
                    ? 0
                    : commit.getInt(offset + JournalFormat.COMMAND_LENGTH_OFFSET, BYTE_ORDER);
            if (length < JournalFormat.COMMAND_HEADER_LENGTH
                    || length > remaining
                    || JournalFormat.align(length) != length) {
                return "command record at " + offset + " must fit: length=" + length + ", remaining=" + remaining;
            }
            if (!addEvents(offset, offset + length)) {
                return "command record at " + offset + " must be filled by its events and result";
            }
            newestDeltaNs = Math.max(
                    newestDeltaNs,
                    commit.getInt(offset + JournalFormat.COMMAND_TIMESTAMP_DELTA_OFFSET, BYTE_ORDER) & 0xFFFF_FFFFL);
            commands++;
            offset += length;
        }
        return window.count() == eventCount() && commands == commandCount()
                ? null
                : "commit must hold as many commands and events as it says: commands=" + commands + ", events="
                        + window.count();
    }

    /** Whether the events and the result of the command end where its record does. */
    private boolean addEvents(final int commandOffset, final int end) {
        final int count = unsignedShort(commandOffset + JournalFormat.COMMAND_EVENT_COUNT_OFFSET);
        int offset = commandOffset + JournalFormat.COMMAND_HEADER_LENGTH;
        for (int i = 0; i < count; i++) {
            final int remaining = end - offset;
            if (remaining < JournalFormat.EVENT_HEADER_LENGTH) {
                return false;
            }
            final int length = commit.getInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, BYTE_ORDER);
            if (length <= JournalFormat.EVENT_HEADER_LENGTH || length > remaining) {
                return false;
            }
            window.add(offset);
            offset += JournalFormat.align(length);
        }
        final int resultLength = unsignedShort(commandOffset + JournalFormat.COMMAND_RESULT_LENGTH_OFFSET);
        return offset + JournalFormat.align(resultLength) == end;
    }

    private int unsignedShort(final int offset) {
        return commit.getShort(offset, BYTE_ORDER) & JournalFormat.MAX_U16;
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
        int index = 0;
        int offset = JournalFormat.COMMIT_HEADER_LENGTH;
        while (offset < end) {
            command.wrap(commit, offset, firstSequence + index, baseTimestampNs);
            final int behindEvents = index + command.eventCount();
            final int nextOffset = offset + command.recordLength();
            final long timestampNs = command.timestampNs();
            if (firstSequence + index >= from && offset >= resume) {
                progress.moveTo(firstSequence + index, offset);
                handler.onCommand(command);
            }
            for (; index < behindEvents; index++) {
                if ((index & EventWindow.MAX_EVENTS - 1) == 0) {
                    handler.onAhead(window.from(index));
                }
                final long sequence = firstSequence + index;
                final int eventOffset = window.offset(index);
                if (sequence >= from && eventOffset >= resume) {
                    progress.moveTo(sequence, eventOffset);
                    handler.onEvent(event.wrap(commit, eventOffset, sequence, timestampNs));
                }
            }
            offset = nextOffset;
        }
        if (progress.resumeOffset > 0) {
            progress.moveTo(Math.max(firstSequence + index, from), end);
            handler.onCommitEnd(firstSequence + index - 1);
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

    /** Whether what was found wrong last is that a commit, whole as it is, belongs to another journal. */
    boolean isForeign() {
        return foreign;
    }

    /** Adds the commit's bytes to a digest. */
    void digest(final MessageDigest digest) {
        final byte[] bytes = new byte[commit.capacity()];
        commit.getBytes(0, bytes);
        digest.update(bytes);
    }

    /** Of the commands in the commit. */
    long newestTimestampNs() {
        return baseTimestampNs() + newestDeltaNs;
    }

    /** The events of the commit. */
    EventWindow window() {
        return window;
    }

    /** Address of the commit's first byte. */
    long address() {
        return commit.addressOffset();
    }

    /** Sequence that the next commit must start with. */
    long expectedFirst() {
        return expectedFirst;
    }

    /** Chain that the next commit must carry. */
    long expectedChain() {
        return expectedChain;
    }

    long firstSequence() {
        return commit.getLong(JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET, BYTE_ORDER);
    }

    int eventCount() {
        return commit.getInt(JournalFormat.COMMIT_EVENT_COUNT_OFFSET, BYTE_ORDER);
    }

    int commandCount() {
        return commit.getInt(JournalFormat.COMMIT_COMMAND_COUNT_OFFSET, BYTE_ORDER);
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

    private long nextChain() {
        return JournalFormat.nextChain(chain(), crc(), length());
    }

    private long chain() {
        return commit.getLong(JournalFormat.COMMIT_CHAIN_OFFSET, BYTE_ORDER);
    }

    private int crc() {
        return commit.getInt(JournalFormat.COMMIT_CRC_OFFSET, BYTE_ORDER);
    }
}
