package io.millrace.journal.internal;

import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.collections.LongArrayList;

/**
 * Walks the commits of one cycle file by plain reads: without Chronicle, which waits, repairs and guesses, and without a
 * mapping, in which a fault of the disk would end the process. Never writes, so it works beside a live writer.
 *
 * <pre>
 *  header word, 4 bytes, every 4 bytes: 0 nothing yet · bit 31 not complete · bit 30 metadata · else length of a commit
 *  +--------+-----------+-------------+-------+--------+--------+-----+-------+--------+------------+
 *  | header | Chronicle | index pages | word  | commit | word   |  …  | word  | pages  | 0 or       |
 *  | word   | header    | (metadata)  |       |        |        |     |       |        | 0xC0000000 |
 *  +--------+-----------+-------------+-------+--------+--------+-----+-------+--------+------------+
 * </pre>
 */
final class CycleScanner implements AutoCloseable {
    /** Chronicle puts its own header word before each excerpt. */
    static final int WORD_BYTES = Integer.BYTES;

    static final int NOT_COMPLETE = 1 << 31;
    static final int META_DATA = 1 << 30;
    private static final int END_OF_CYCLE = NOT_COMPLETE | META_DATA;

    /** What Chronicle writes behind the mark of a closed cycle: a name of three characters, "EOF". */
    private static final int END_NAME = 0x464F_45C3;

    private static final int LENGTH_MASK = META_DATA - 1;
    private static final int PAGE_VALUES_BYTES = CycleRoll.NUMBERED.defaultIndexCount() * Long.BYTES;
    private static final int MAX_HEADER_BYTES = 64 << 10;
    private static final int READ_BYTES = 512 << 10;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(4 << 10);

    /** What stands at a place. */
    enum Step {
        /** A good commit, which is open now. */
        COMMIT,
        /** Nothing yet: the cycle goes on here. */
        END,
        /** The mark that the cycle is closed. */
        CLOSED,
        /** The file was never written to. */
        BLANK,
        /** Something that was not written here. */
        BAD
    }

    private final Path file;
    private final CommitView commit;
    private final int maxCommitBytes;
    private final FileChannel channel;
    private final LongArrayList indexed = new LongArrayList();
    private final LongArrayList pages = new LongArrayList();
    private final ReadMemory memory;
    private final OneBuffer ownMemory;
    private ByteBuffer buffer;
    private long address;
    private long bufferOffset;
    private int bufferLength;
    private long offset;
    private long commitOffset;
    private long commits;
    private String wrong;
    private boolean absent;

    /** With memory of its own. */
    CycleScanner(final Path file, final CommitView commit, final int maxCommitBytes) {
        this(file, commit, maxCommitBytes, null);
    }

    /** With memory that stays as it is when this is closed; null for its own. */
    CycleScanner(final Path file, final CommitView commit, final int maxCommitBytes, final ReadMemory memory) {
        this.file = file;
        this.commit = commit;
        this.maxCommitBytes = maxCommitBytes;
        ownMemory = memory == null ? new OneBuffer() : null;
        this.memory = memory == null ? ownMemory : memory;
        try {
            channel = FileChannel.open(file);
        } catch (final IOException e) {
            throw unreadable(e);
        }
    }

    private JournalException unreadable(final IOException e) {
        return new JournalException("journal cycle file must be readable: file=" + file + ", offset=" + offset, e);
    }

    /** Moves on. After anything but {@link Step#COMMIT} the scanner stays where it is, and may be asked again. */
    Step next() {
        wrong = null;
        absent = false;
        if (offset == 0) {
            final Step first = readFileHeader();
            if (first != Step.COMMIT) {
                return first;
            }
        }
        int word = wordAt(offset);
        while ((word & END_OF_CYCLE) == META_DATA) {
            if (!skipPage(word)) {
                return Step.BAD;
            }
            word = wordAt(offset);
        }
        if (word == 0) {
            return Step.END;
        }
        if (word == END_OF_CYCLE) {
            return Step.CLOSED;
        }
        return word < 0 ? absent("excerpt header must be complete: " + Integer.toHexString(word)) : openCommit(word);
    }

    private Step openCommit(final int length) {
        if (length > maxCommitBytes) {
            return bad("commit must be at most " + maxCommitBytes + " bytes long: length=" + length);
        }
        final long start = offset + WORD_BYTES;
        if (!load(start, length)) {
            return bad("commit must lie within its file: length=" + length);
        }
        final String found = commit.open(address + (start - bufferOffset), length);
        if (found != null) {
            return bad(found);
        }
        if (commits % CycleRoll.NUMBERED.defaultIndexSpacing() == 0) {
            indexed.addLong(offset);
        }
        commits++;
        commitOffset = offset;
        offset = wordBehind(offset, length);
        return Step.COMMIT;
    }

    /** Bad, but what a copy holds of a place that was not written yet, or was being written, when it was read. */
    private Step absent(final String cause) {
        absent = true;
        return bad(cause);
    }

    private Step bad(final String cause) {
        wrong = cause;
        return Step.BAD;
    }

    private static long wordBehind(final long wordOffset, final int length) {
        return wordOffset + WORD_BYTES + length + (WORD_BYTES - 1) & -WORD_BYTES;
    }

    /** {@code COMMIT} stands for a good header here. */
    private Step readFileHeader() {
        final int word = wordAt(0);
        if (word == 0 || (word & NOT_COMPLETE) != 0) {
            return isZeroFrom(MAX_HEADER_BYTES) ? Step.BLANK : absent("cycle file must start with its header");
        }
        if (!load(0, CycleHeader.BYTES)) {
            return bad("cycle file must start with its header: length=" + bufferLength);
        }
        final int wrong = CycleHeader.firstWrong(buffer, (int) -bufferOffset);
        if (wrong >= 0) {
            return bad("cycle file must start with the header of a Chronicle queue: it differs at " + wrong);
        }
        offset = wordBehind(0, CycleHeader.BYTES - WORD_BYTES);
        return Step.COMMIT;
    }

    /** Where Chronicle says that it wrote its last excerpt: the offset of its header word, 0 when there was none. */
    long lastWrittenOffset() {
        return load(CycleHeader.WRITE_POSITION_OFFSET, Long.BYTES)
                ? buffer.getLong((int) (CycleHeader.WRITE_POSITION_OFFSET - bufferOffset))
                : 0;
    }

    private boolean skipPage(final int word) {
        final int length = word & LENGTH_MASK;
        if (length < PAGE_VALUES_BYTES + 2 * Long.BYTES
                || length > CycleRoll.INDEX_PAGE_BYTES
                || !nameAt(offset, pages.isEmpty() ? "index2index" : "index")) {
            wrong = "excerpt must be a commit or an index page: " + Integer.toHexString(word);
            return false;
        }
        pages.addLong(offset);
        offset = wordBehind(offset, length);
        return true;
    }

    /** Whether the document at a header word begins with that name, as Chronicle writes it. */
    private boolean nameAt(final long wordOffset, final String name) {
        final int nameOffset = 2 * Byte.BYTES;
        if (!load(wordOffset + WORD_BYTES, nameOffset + name.length())) {
            return false;
        }
        final int start = (int) (wordOffset + WORD_BYTES - bufferOffset);
        if ((buffer.get(start) & 0xFF) != 0xB9 || buffer.get(start + 1) != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (buffer.get(start + nameOffset + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Looks at the index pages that were met so far: what an entry says must be where that commit was found. Chronicle
     * goes by them, and nothing protects them. An entry that was not written is no harm: then the one before is taken.
     *
     * @return what is wrong, null when nothing is
     */
    String checkIndex() {
        final long written = lastWrittenOffset();
        // It lags behind when a process dies; Chronicle would map the file up to wherever it points.
        if (written != 0 && (written < 0 || written >= offset || !isCommitAt(written))) {
            return "Chronicle's position of the last commit must be that of a commit: " + written;
        }
        final int entries = CycleRoll.NUMBERED.defaultIndexCount();
        for (int page = 0; page < pages.size(); page++) {
            final long pageOffset = pages.getLong(page);
            final int length = wordAt(pageOffset) & LENGTH_MASK;
            final long valuesOffset = pageOffset + WORD_BYTES + length - (long) entries * Long.BYTES;
            if (!load(pageOffset, WORD_BYTES + length)) {
                return "index page must lie within its file: offset=" + pageOffset;
            }
            final int values = (int) (valuesOffset - bufferOffset);
            if (buffer.getLong(values - 2 * Long.BYTES) != entries) {
                return "index page must have " + entries + " entries: offset=" + pageOffset;
            }
            for (int entry = 0; entry < entries; entry++) {
                final long value = buffer.getLong(values + entry * Long.BYTES);
                if (value != 0 && value != expectedEntry(page, entry, entries)) {
                    return "index entry must lead to its commit: page=" + pageOffset + ", entry=" + entry + ", value="
                            + value;
                }
            }
        }
        return null;
    }

    /** The first page holds the offsets of the others, those the offset of every so many commits. */
    private long expectedEntry(final int page, final int entry, final int entries) {
        final LongArrayList offsets = page == 0 ? pages : indexed;
        final long number = page == 0 ? entry + 1 : (long) (page - 1) * entries + entry;
        return number < offsets.size() ? offsets.getLong((int) number) : -1;
    }

    private boolean isCommitAt(final long wordOffset) {
        final CommitView found = commit.sameJournal();
        final int length = wordAt(wordOffset);
        return (wordOffset & WORD_BYTES - 1) == 0
                && load(wordOffset + WORD_BYTES, JournalFormat.COMMIT_HEADER_LENGTH)
                && isCommit(found, wordOffset + WORD_BYTES, 0)
                && length == found.length();
    }

    /**
     * Whether a good commit of this journal lies anywhere behind the current place. What should stand at the place itself
     * does not count: it may be torn, or not published.
     */
    boolean validFollows(final long journalId, final long fromSequence) {
        final CommitView found = new CommitView(journalId);
        final long end = size();
        for (long at = offset == 0 ? 0 : offset + 2 * WORD_BYTES; at < end; at += WORD_BYTES) {
            if (wordAt(at) == JournalFormat.MAGIC && isCommit(found, at, fromSequence)) {
                return true;
            }
        }
        return false;
    }

    private boolean isCommit(final CommitView found, final long start, final long fromSequence) {
        if (!load(start, JournalFormat.COMMIT_HEADER_LENGTH)) {
            return false;
        }
        final int at = (int) (start - bufferOffset);
        final int length = buffer.getInt(at + JournalFormat.COMMIT_LENGTH_OFFSET);
        final long first = buffer.getLong(at + JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET);
        if (length < JournalFormat.COMMIT_HEADER_LENGTH || length > maxCommitBytes || first < fromSequence) {
            return false;
        }
        found.expectUnchained(first);
        return load(start, length) && found.open(address + (start - bufferOffset), length) == null;
    }

    /** Whether there are only zeros from here to the end of the file. */
    boolean isZeroFrom(final long from) {
        final long end = size();
        long at = from;
        while (at < end) {
            final int length = (int) Math.min(READ_BYTES, end - at);
            if (!load(at, length)) {
                return true; // it became shorter meanwhile
            }
            if (!isZero((int) (at - bufferOffset), length)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Compares block by block, which the JVM does by vectors: up to a whole cycle is looked at when a journal opens. */
    private boolean isZero(final int start, final int length) {
        for (int done = 0; done < length; done += ZEROS.capacity()) {
            final int block = Math.min(ZEROS.capacity(), length - done);
            if (buffer.slice(start + done, block).mismatch(ZEROS.slice(0, block)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Where only zeros may be, behind the mark of a closed cycle and its name. */
    long behindEnd(final long markOffset) {
        final long nameOffset = markOffset + WORD_BYTES;
        return wordAt(nameOffset) == END_NAME ? nameOffset + WORD_BYTES : nameOffset;
    }

    private int wordAt(final long wordOffset) {
        return load(wordOffset, WORD_BYTES) ? buffer.getInt((int) (wordOffset - bufferOffset)) : 0;
    }

    /** Has those bytes in the buffer; false if the file ends before. */
    private boolean load(final long from, final int length) {
        if (from >= bufferOffset && from + length <= bufferOffset + bufferLength) {
            return true;
        }
        final ByteBuffer before = buffer;
        final long end = bufferOffset + bufferLength;
        final int kept = from >= bufferOffset && from < end ? (int) (end - from) : 0;
        buffer = memory.next(Math.max(length, READ_BYTES));
        address = BufferUtil.address(buffer);
        if (kept > 0) {
            buffer.put(0, before, bufferLength - kept, kept);
        }
        bufferOffset = from;
        bufferLength = kept;
        fill();
        return bufferLength >= length;
    }

    private void fill() {
        try {
            buffer.clear().position(bufferLength);
            int read = 0;
            while (read >= 0 && buffer.hasRemaining()) {
                read = channel.read(buffer, bufferOffset + bufferLength);
                bufferLength += Math.max(0, read);
            }
        } catch (final IOException e) {
            throw unreadable(e);
        }
    }

    /** Stands at an offset without having read what lies before it. */
    void skipTo(final long wordOffset) {
        offset = wordOffset;
    }

    /** Forgets what was read ahead, so that what a live writer has added since is seen. */
    void refresh() {
        bufferLength = 0;
    }

    private long size() {
        try {
            return channel.size();
        } catch (final IOException e) {
            throw unreadable(e);
        }
    }

    /** Whether the current place, after {@link Step#BAD}, may just not have been written yet. */
    boolean isAbsent() {
        return absent;
    }

    /** What is wrong at the current place, after {@link Step#BAD}. */
    String wrong() {
        return wrong;
    }

    /** Offset of the header word of what comes next, or of what is bad. */
    long offset() {
        return offset;
    }

    /** Offset of the header word of the open commit. */
    long commitOffset() {
        return commitOffset;
    }

    /** How many commits the file has up to the current place. */
    long commits() {
        return commits;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw unreadable(e);
        } finally {
            if (ownMemory != null) {
                ownMemory.close();
            }
        }
    }
}
