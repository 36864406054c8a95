package io.millrace.journal.internal;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.InvalidRecordException;
import io.millrace.journal.InvalidRecordException.Reason;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalFailedException;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;
import io.millrace.journal.JvmFlags;
import io.millrace.journal.StreamReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;

/** The journal on Chronicle Queue. See {@link Opening} for how it comes to be. */
public final class ChronicleJournal implements Journal {
    private final Path directory;
    private final Manifest manifest;
    private final DirectoryLock lock;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final CycleFiles cycleFiles;
    private final PageToucher toucher;
    private final JournalClock clock;
    private final CommitIndex index;
    private final StreamHeads heads;
    private final CommitWriter writer;
    private final CommandEncoder encoder;
    private final int maxRecordsBytes;
    private final Watermark journaled = new Watermark();
    private final Watermark synced = new Watermark();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Object forceLock = new Object();
    private final ReaderGate gate = new ReaderGate(this::release);
    private int cycle = -1;
    private long lastTimestampNs;
    private volatile boolean closed;

    ChronicleJournal(final Opening opening, final JournalConfig config) {
        directory = config.directory();
        manifest = opening.manifest();
        lock = opening.lock();
        queue = opening.queue();
        clock = opening.clock();
        index = opening.index();
        heads = opening.heads();
        maxRecordsBytes = config.maxCommitBytes() - JournalFormat.COMMIT_HEADER_LENGTH;
        cycleFiles = new CycleFiles(directory);
        toucher = new PageToucher(queue, Math.min(config.touchAheadBytes(), config.blockSizeBytes() / 4));
        appender = queue.createAppender();
        writer = new CommitWriter(appender, opening);
        encoder = new CommandEncoder(config, heads, opening.nextSequence());
        lastTimestampNs = opening.lastTimestampNs();
        journaled.setRelease(opening.nextSequence() - 1);
        synced.setRelease(opening.nextSequence() - 1);
        toucher.start();
    }

    /**
     * Opens a journal for writing.
     *
     * @param config where and how
     * @param handler receives what it holds
     * @return the journal
     */
    public static Journal open(final JournalConfig config, final JournalHandler handler) {
        JvmFlags.require();
        return new Opening(config).open(handler);
    }

    @Override
    public void append(
            final DirectBuffer records,
            final int offset,
            final int length,
            final int commandCount,
            final int eventCount,
            final long baseTimestampNs) {
        requireHealthy();
        checkCommit(records, offset, length, commandCount, eventCount, baseTimestampNs);
        try {
            clock.onCommit(baseTimestampNs);
            final long firstSequence = writer.nextSequence();
            final long chronicleIndex =
                    writer.write(records, offset, length, commandCount, eventCount, baseTimestampNs);
            index.onCommit(firstSequence, chronicleIndex, length);
            lastTimestampNs = baseTimestampNs;
            noteCycle();
            toucher.onAppend(writer.nextFileOffset());
            journaled.setRelease(writer.nextSequence() - 1);
        } catch (final Throwable e) {
            throw poison("append must succeed: firstSequence=" + writer.nextSequence() + ", directory=" + directory, e);
        }
    }

    private void checkCommit(
            final DirectBuffer records,
            final int offset,
            final int length,
            final int commandCount,
            final int eventCount,
            final long baseTimestampNs) {
        if (length > maxRecordsBytes) {
            throw new InvalidRecordException(
                    Reason.TOO_LARGE, "records must be at most " + maxRecordsBytes + " bytes: length=" + length);
        }
        if (length < JournalFormat.COMMAND_HEADER_LENGTH
                || JournalFormat.align(length) != length
                || commandCount < 1
                || eventCount < 0
                || baseTimestampNs < lastTimestampNs) {
            throw new InvalidRecordException(
                    Reason.BAD_LENGTH,
                    "a commit must have whole commands and a timestamp of at least " + lastTimestampNs + ": length="
                            + length + ", commandCount=" + commandCount + ", eventCount=" + eventCount
                            + ", baseTimestampNs=" + baseTimestampNs);
        }
        checkRecords(records, offset, length, commandCount, eventCount);
        final long end = encoder.nextSequence();
        if (writer.nextSequence() + eventCount > end) {
            throw new InvalidRecordException(
                    Reason.BAD_LENGTH,
                    "events must have been made by the journal's encoder: nextSequence=" + end + ", eventCount="
                            + eventCount + ", journaled=" + (writer.nextSequence() - 1));
        }
    }

    /** A commit that miscounts its records could be written, but never be read. */
    private static void checkRecords(
            final DirectBuffer records,
            final int offset,
            final int length,
            final int commandCount,
            final int eventCount) {
        int position = 0;
        int commands = 0;
        int events = 0;
        while (position <= length - JournalFormat.COMMAND_HEADER_LENGTH) {
            final int record = offset + position;
            final int recordLength =
                    records.getInt(record + JournalFormat.COMMAND_LENGTH_OFFSET, JournalFormat.BYTE_ORDER);
            if (recordLength < JournalFormat.COMMAND_HEADER_LENGTH || recordLength > length - position) {
                break;
            }
            events += records.getShort(record + JournalFormat.COMMAND_EVENT_COUNT_OFFSET, JournalFormat.BYTE_ORDER)
                    & JournalFormat.MAX_U16;
            commands++;
            position += recordLength;
        }
        if (position != length || commands != commandCount || events != eventCount) {
            throw new InvalidRecordException(
                    Reason.BAD_LENGTH,
                    "records must be as many and as long as said: commandCount=" + commandCount + ", eventCount="
                            + eventCount + ", length=" + length + ", found " + commands + " commands with " + events
                            + " events in " + position + " bytes");
        }
    }

    private void noteCycle() throws IOException {
        if (appender.cycle() != cycle) {
            cycle = appender.cycle();
            cycleFiles.onCycle(appender.currentFile());
            toucher.onCycle(cycle, appender.currentFile());
        }
    }

    @Override
    public long force() {
        synchronized (forceLock) {
            requireHealthy();
            final long target = journaled.getAcquire();
            try {
                cycleFiles.force();
            } catch (final Throwable e) {
                throw poison("force must succeed: sequence=" + target + ", directory=" + directory, e);
            }
            synced.setRelease(target);
            return target;
        }
    }

    private JournalFailedException poison(final String message, final Throwable cause) {
        final JournalFailedException failed = new JournalFailedException(message + ": " + cause, cause);
        failure.compareAndSet(null, failed);
        return failed;
    }

    private void requireHealthy() {
        final Throwable first = failure.get();
        if (first != null || closed) {
            throw new JournalFailedException(
                    closed
                            ? "journal must be open: directory=" + directory
                            : "journal is poisoned: " + first.getMessage(),
                    first);
        }
    }

    @Override
    public CommandEncoder commandEncoder() {
        return encoder;
    }

    @Override
    public long nowNs() {
        return clock.nowNs();
    }

    @Override
    public JournalReader newReader(final long fromSequence) {
        return new ForwardReader(newCursor(), index, gate, fromSequence);
    }

    @Override
    public StreamReader newStreamReader() {
        return new BackPointerReader(newCursor(), this, index, heads, gate);
    }

    private CommitCursor newCursor() {
        if (closed) {
            throw new JournalFailedException("journal must be open: directory=" + directory, failure.get());
        }
        return new CommitCursor(Opening.newTailer(queue), directory, manifest.journalId());
    }

    @Override
    public long journaledSequence() {
        return journaled.getAcquire();
    }

    @Override
    public long syncedSequence() {
        return synced.getAcquire();
    }

    @Override
    public boolean isDiskFull() {
        return false;
    }

    @Override
    public long journalId() {
        return manifest.journalId();
    }

    @Override
    public int epoch() {
        return manifest.epoch();
    }

    @Override
    public Throwable failure() {
        return failure.get();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (forceLock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        gate.close();
    }

    /** The directory is held for as long as anything is mapped. A force that is in flight gets its answer first. */
    private void release() {
        synchronized (forceLock) {
            appender.singleThreadedCheckReset();
            final Throwable failed = Closing.all(toucher, queue, cycleFiles, lock);
            if (failed != null) {
                throw new JournalFailedException("journal must close: directory=" + directory, failed);
            }
        }
    }
}
