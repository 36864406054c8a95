package io.millrace.journal.internal;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.InvalidRecordException;
import io.millrace.journal.InvalidRecordException.Reason;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalDiskFullException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFailedException;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;
import io.millrace.journal.JvmFlags;
import io.millrace.journal.RecoveryReport;
import io.millrace.journal.RetentionHold;
import io.millrace.journal.StreamReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal on Chronicle Queue. See {@link Opening} for how it comes to be. */
public final class ChronicleJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(ChronicleJournal.class);
    private static final long WATERMARK_FORCE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path directory;
    private Manifest manifest;
    private List<Manifest.Cycle> manifestCycles;
    private final long journalId;
    private final int epoch;
    private final DirectoryLock lock;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final CycleFiles cycleFiles;
    private final CycleList cycles;
    private final CycleSpace space;
    private final CycleClock cycleClock;
    private final WatermarkFile watermark;
    private final Retention retention;
    private final RecoveryReport recovery;
    private final JournalClock clock;
    private final CommitIndex index;
    private final StreamHeads heads;
    private final CommitWriter writer;
    private final CommandEncoder encoder;
    private final int maxRecordsBytes;
    private final Watermark journaled = new Watermark();
    private final Watermark synced = new Watermark();
    private final ForcePoint forcePoint = new ForcePoint();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Object forceLock = new Object();
    private final ReaderGate gate = new ReaderGate(this::release);
    private int registeredCycle;
    private long watermarkForcedNs = System.nanoTime();
    private volatile boolean closed;

    ChronicleJournal(final Opening opening, final JournalConfig config) {
        directory = config.directory();
        manifest = opening.manifest();
        journalId = manifest.journalId();
        epoch = manifest.epoch();
        lock = opening.lock();
        queue = opening.queue();
        clock = opening.clock();
        cycleClock = opening.cycleClock();
        watermark = opening.watermark();
        recovery = opening.report();
        index = opening.index();
        heads = opening.heads();
        maxRecordsBytes = config.maxCommitBytes() - JournalFormat.COMMIT_HEADER_LENGTH;
        cycleFiles = new CycleFiles(directory);
        cycles = new CycleList(manifest.cycles());
        manifestCycles = cycles.snapshot();
        retention = new Retention(manifest);
        space = new CycleSpace(
                new CycleSpace.Limits(
                        directory,
                        config.reserveBytes(),
                        config.minFreeBytes(),
                        Math.min(config.touchAheadBytes(), config.blockSizeBytes() / 4),
                        config.maxCommitBytes()),
                queue,
                new CycleSpace.DirectoryWatch(directory),
                e -> poison("space must be had ahead of the writer: directory=" + directory, e));
        appender = queue.createAppender();
        writer = new CommitWriter(appender, new RecordWriter(space::fillsAhead), opening);
        encoder = new CommandEncoder(config, heads, opening.nextSequence());
        journaled.setRelease(opening.nextSequence() - 1);
        synced.setRelease(opening.nextSequence() - 1);
        forcePoint.publish(opening.nextSequence() - 1, writer.chain(), writer.cycle(), writer.endOffset());
        start(opening.lastCycle());
    }

    private void start(final JournalScan.Cycle last) {
        registeredCycle = -1;
        try {
            PrivateFiles.restrict(directory.resolve(DirectoryContents.METADATA_FILE));
            Allocation.allocate(
                    directory.resolve(DirectoryContents.METADATA_FILE),
                    0,
                    directory.resolve(DirectoryContents.METADATA_FILE).toFile().length());
            if (last != null) {
                cycleFiles.onCycle(last.file().toFile(), true);
                registeredCycle = last.number();
            }
        } catch (final IOException e) {
            throw new JournalException("journal directory must be writable: directory=" + directory, e);
        }
        space.start(
                last == null ? -1 : last.number(),
                last == null || last.closed() ? null : last.file(),
                last == null ? 0 : Math.max(last.endOffset(), last.stopOffset()));
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
            makeRoom(JournalFormat.COMMIT_HEADER_LENGTH + length, baseTimestampNs);
            final long firstSequence = writer.nextSequence();
            final long chain = writer.chain();
            final long chronicleIndex =
                    writer.write(records, offset, length, commandCount, eventCount, baseTimestampNs);
            index.onCommit(firstSequence, chronicleIndex, length);
            if (writer.cycle() != registeredCycle) {
                registerCycle(firstSequence, chain);
            }
            space.onAppend(writer.endOffset());
            final long last = writer.nextSequence() - 1;
            forcePoint.publish(last, writer.chain(), writer.cycle(), writer.endOffset());
            journaled.setRelease(last);
        } catch (final JournalDiskFullException e) {
            throw e;
        } catch (final Throwable e) {
            throw poison("append must succeed: firstSequence=" + writer.nextSequence() + ", directory=" + directory, e);
        }
    }

    /**
     * Has space on the disk for a commit before anything of it is written: in the current cycle, or in the next one if it
     * is time to roll, or if the disk is full and the reserve is all that is left.
     */
    private void makeRoom(final int commitBytes, final long timestampNs) {
        final long offset = writer.cycle() == cycleClock.cycle() ? writer.endOffset() : CycleSpace.FIRST_PAGES_BYTES;
        if (cycleClock.mustRoll(timestampNs, writer.endOffset() + commitBytes) || !space.ensure(offset, commitBytes)) {
            final int next = cycleClock.next();
            space.prepareRoll(next, commitBytes);
            cycleClock.roll(next, timestampNs);
        }
    }

    /** The commit just written is the first of its cycle. The file is known to the force before the list names it. */
    private void registerCycle(final long firstSequence, final long chain) throws IOException {
        cycleFiles.onCycle(appender.currentFile(), false);
        cycles.roll(firstSequence - 1, chain, writer.cycle());
        registeredCycle = writer.cycle();
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
                || baseTimestampNs < writer.lastTimestampNs()) {
            throw new InvalidRecordException(
                    Reason.BAD_LENGTH,
                    "a commit must have whole commands and a timestamp of at least " + writer.lastTimestampNs()
                            + ": length="
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

    @Override
    public long force() {
        synchronized (forceLock) {
            requireHealthy();
            return forceLocked();
        }
    }

    /** What the watermark and the manifest will say is noted first, and then forced. */
    private long forceLocked() {
        final List<Manifest.Cycle> listed = cycles.snapshot();
        forcePoint.read();
        final long target = forcePoint.sequence();
        try {
            cycleFiles.force();
            listCycles(listed);
            storeWatermark(false);
            space.onForce(forcePoint.cycle(), forcePoint.endOffset());
        } catch (final Throwable e) {
            throw poison("force must succeed: sequence=" + target + ", directory=" + directory, e);
        }
        synced.setRelease(target);
        return target;
    }

    private void storeWatermark(final boolean clean) throws IOException {
        watermark.store(forcePoint.sequence(), forcePoint.chain(), forcePoint.cycle(), forcePoint.endOffset(), clean);
        final long nowNs = System.nanoTime();
        if (clean || nowNs - watermarkForcedNs > WATERMARK_FORCE_INTERVAL_NS) {
            watermark.force();
            watermarkForcedNs = nowNs;
        }
    }

    /**
     * After a roll, lists the new cycle. On a full disk that has to wait: a cycle that is not listed is found all the
     * same, and the watermark says how far it must reach.
     */
    private void listCycles(final List<Manifest.Cycle> listed) throws IOException {
        if (listed != manifestCycles) {
            final Manifest next = manifest.withCycles(listed);
            try {
                next.tryWrite(directory);
                manifest = next;
                manifestCycles = listed;
            } catch (final IOException e) {
                if (!space.isDiskFull()) {
                    throw e;
                }
                LOG.warn("the manifest cannot list the new cycle before there is room on the disk", e);
            }
        }
    }

    @Override
    public int deleteBefore(final long sequence) {
        synchronized (forceLock) {
            requireHealthy();
            forceLocked();
            final int count = retention.moveStart(manifest.cycles(), sequence);
            if (count > 0) {
                delete(count);
            }
            return count;
        }
    }

    private void delete(final int count) {
        final List<Manifest.Cycle> old = manifest.cycles().subList(0, count);
        try {
            // Before the manifest forgets the cycles: no watermark may point into one of them.
            watermark.force();
            final Manifest next = manifest.withoutOldest(count);
            next.tryWrite(directory);
            manifest = next;
            cycles.removeOldest(count);
            manifestCycles = List.of(); // a roll may have come between; the next force looks again
            for (final Manifest.Cycle cycle : old) {
                Files.delete(directory.resolve(CycleRoll.fileName(cycle.number())));
            }
            CycleFiles.forceDirectory(directory);
            queue.refreshDirectoryListing();
        } catch (final Throwable e) {
            throw poison("old cycles must be deleted: directory=" + directory, e);
        }
    }

    @Override
    public RetentionHold hold(final long sequence) {
        return retention.hold(sequence);
    }

    @Override
    public long firstSequence() {
        return retention.firstSequence();
    }

    @Override
    public boolean isDiskFull() {
        return space.isDiskFull();
    }

    @Override
    public RecoveryReport recovery() {
        return recovery;
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
        return new ForwardReader(newCursor(), index, gate, retention, fromSequence);
    }

    @Override
    public StreamReader newStreamReader() {
        return new BackPointerReader(newCursor(), this, index, heads, gate, retention);
    }

    private CommitCursor newCursor() {
        if (closed) {
            throw new JournalFailedException("journal must be open: directory=" + directory, failure.get());
        }
        return new CommitCursor(() -> Queues.newTailer(queue), directory, journalId);
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
    public long journalId() {
        return journalId;
    }

    @Override
    public int epoch() {
        return epoch;
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
        JournalFailedException failed = null;
        synchronized (forceLock) {
            if (closed) {
                return;
            }
            if (failure.get() == null) {
                failed = forceFinally();
            }
            closed = true;
        }
        try {
            gate.close();
        } catch (final JournalFailedException e) {
            throw Closing.first(failed, e);
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** Returns what went wrong, null if all is on the device and the watermark says so. */
    private JournalFailedException forceFinally() {
        try {
            forceLocked();
            storeWatermark(true);
            return null;
        } catch (final JournalFailedException e) {
            return e;
        } catch (final Throwable e) {
            return poison("the watermark must be forced: directory=" + directory, e);
        }
    }

    /** The directory is held for as long as anything is mapped. A force that is in flight gets its answer first. */
    private void release() {
        synchronized (forceLock) {
            appender.singleThreadedCheckReset();
            final Throwable failed = Closing.all(space, writer, queue, cycleFiles, watermark, lock);
            if (failed != null) {
                throw new JournalFailedException("journal must close: directory=" + directory, failed);
            }
        }
    }
}
