package io.millrace.journal.internal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;

import io.millrace.journal.JournalFormat;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes commits: puts the records into the file, the envelope before them, and only then lets Chronicle
 * publish the excerpt. Keeps what it knows of the last commit, away from what other threads read of the journal. For the
 * writing thread only. Whatever it throws leaves the excerpt unpublished, and the caller
 * must never append again.
 */
final class CommitWriter implements AutoCloseable {
    private final ExcerptAppender appender;
    private final RecordWriter recordWriter;
    private final UnsafeBuffer commit = new UnsafeBuffer(0, 0);
    private final long journalId;
    private final int epoch;
    private final RollCycle rollCycle;
    private long nextSequence;
    private long chain;
    private long lastIndex;
    private int cycle = -1;
    private long endOffset;
    private long lastTimestampNs;

    CommitWriter(final ExcerptAppender appender, final RecordWriter recordWriter, final Opening opening) {
        this.appender = appender;
        this.recordWriter = recordWriter;
        rollCycle = appender.queue().rollCycle();
        journalId = opening.manifest().journalId();
        epoch = opening.manifest().epoch();
        nextSequence = opening.nextSequence();
        chain = opening.nextChain();
        lastTimestampNs = opening.lastTimestampNs();
        final JournalScan.Cycle last = opening.lastCommitCycle();
        cycle = last == null ? -1 : last.number();
        lastIndex = last == null ? -1 : rollCycle.toIndex(cycle, last.commits() - 1);
        endOffset = last == null ? 0 : last.endOffset();
    }

    /** Returns the Chronicle index of the commit. */
    long write(
            final DirectBuffer records,
            final int offset,
            final int recordsLength,
            final int commandCount,
            final int eventCount,
            final long baseTimestampNs) {
        final int length = JournalFormat.COMMIT_HEADER_LENGTH + recordsLength;
        final DocumentContext document = appender.writingDocument();
        final long index;
        final int crc;
        try {
            final Bytes<?> bytes = document.wire().bytes();
            index = document.index();
            checkPlace(index, bytes.writePosition());
            commit.wrap(bytes.addressForWrite(bytes.writePosition()), length);
            final long recordsOffset = bytes.writePosition() + JournalFormat.COMMIT_HEADER_LENGTH;
            final boolean pastMapping = recordWriter.goesPastMapping(recordsOffset, records, recordsLength);
            if (pastMapping) {
                final int newCycle = rollCycle.toCycle(index);
                recordWriter.write(appender.currentFile(), newCycle, recordsOffset, records, offset, recordsLength);
            } else {
                commit.putBytes(JournalFormat.COMMIT_HEADER_LENGTH, records, offset, recordsLength);
            }
            putEnvelope(length, commandCount, eventCount, baseTimestampNs);
            crc = pastMapping ? recordWriter.checksum(commit, records, offset, recordsLength) : checksum(length);
            commit.putInt(JournalFormat.COMMIT_CRC_OFFSET, crc, BYTE_ORDER);
            bytes.writeSkip(length);
            endOffset = bytes.writePosition();
        } catch (final Throwable e) {
            document.rollbackOnClose();
            Closing.quietly(document, e);
            throw e;
        }
        document.close();
        lastIndex = index;
        cycle = rollCycle.toCycle(index);
        chain = JournalFormat.nextChain(chain, crc, length);
        nextSequence += eventCount;
        lastTimestampNs = baseTimestampNs;
        return index;
    }

    private int checksum(final int length) {
        return Crc32c.INSTANCE.compute(
                commit.addressOffset(),
                JournalFormat.COMMIT_CHECKED_OFFSET,
                length - JournalFormat.COMMIT_CHECKED_OFFSET);
    }

    /** Chronicle takes both from its index pages, which nothing protects; a wrong one would bury or overwrite commits. */
    private void checkPlace(final long index, final long fileOffset) {
        final int newCycle = rollCycle.toCycle(index);
        final boolean sameCycle = newCycle == cycle;
        final long expectedIndex = sameCycle ? lastIndex + 1 : rollCycle.toIndex(newCycle, 0);
        if (index != expectedIndex || newCycle < cycle || sameCycle && fileOffset < endOffset) {
            throw new IllegalStateException("a commit must go behind the last one: Chronicle index="
                    + Long.toHexString(index) + ", expected " + Long.toHexString(expectedIndex) + ", offset="
                    + fileOffset + ", expected at least " + (sameCycle ? endOffset : 0));
        }
    }

    private void putEnvelope(
            final int length, final int commandCount, final int eventCount, final long baseTimestampNs) {
        commit.putInt(JournalFormat.COMMIT_MAGIC_OFFSET, JournalFormat.MAGIC, BYTE_ORDER);
        commit.putInt(JournalFormat.COMMIT_LENGTH_OFFSET, length, BYTE_ORDER);
        commit.putShort(JournalFormat.COMMIT_VERSION_OFFSET, (short) JournalFormat.VERSION, BYTE_ORDER);
        commit.putShort(JournalFormat.COMMIT_FLAGS_OFFSET, (short) 0, BYTE_ORDER);
        commit.putLong(JournalFormat.COMMIT_JOURNAL_ID_OFFSET, journalId, BYTE_ORDER);
        commit.putInt(JournalFormat.COMMIT_EPOCH_OFFSET, epoch, BYTE_ORDER);
        commit.putInt(JournalFormat.COMMIT_EVENT_COUNT_OFFSET, eventCount, BYTE_ORDER);
        commit.putLong(JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET, nextSequence, BYTE_ORDER);
        commit.putLong(JournalFormat.COMMIT_BASE_TIMESTAMP_OFFSET, baseTimestampNs, BYTE_ORDER);
        commit.putLong(JournalFormat.COMMIT_CHAIN_OFFSET, chain, BYTE_ORDER);
        commit.putInt(JournalFormat.COMMIT_COMMAND_COUNT_OFFSET, commandCount, BYTE_ORDER);
        commit.putInt(JournalFormat.COMMIT_RESERVED_OFFSET, 0, BYTE_ORDER);
    }

    /** The cycle of the last commit, -1 when there is none. */
    int cycle() {
        return cycle;
    }

    /** Where the last commit ends in its file. */
    long endOffset() {
        return endOffset;
    }

    /** Chain that the next commit will carry. */
    long chain() {
        return chain;
    }

    /** Base timestamp of the last commit. */
    long lastTimestampNs() {
        return lastTimestampNs;
    }

    long nextSequence() {
        return nextSequence;
    }

    /** Lets go of the file that records were written to. */
    @Override
    public void close() {
        recordWriter.close();
    }
}
