package io.millrace.journal.internal;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.journal.InvalidRecordException;
import io.millrace.journal.InvalidRecordException.Reason;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.threads.InterruptedRuntimeException;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;

/**
 * Opens a journal: lock, manifest, queue, then one pass over every commit that checks it, delivers it, and rebuilds the
 * stream heads and the commit index. Each step releases what the ones before took when it fails.
 */
final class Opening {
    private static final String METADATA_FILE = "metadata.cq4t";

    private final JournalConfig config;
    private final Path directory;
    private final JournalClock clock;
    private final CommitIndex index = new CommitIndex();
    private final StreamHeads heads;
    private DirectoryLock lock;
    private Manifest manifest;
    private SingleChronicleQueue queue;
    private long lastIndex = -1;
    private long nextFileOffset;
    private long nextSequence = 1;
    private long nextChain;
    private long lastTimestampNs;

    Opening(final JournalConfig config) {
        this.config = config;
        directory = config.directory();
        clock = new JournalClock(config.clock());
        heads = new StreamHeads(config.expectedStreams());
        if (config.blockSizeBytes() < 4L * config.maxCommitBytes()) {
            throw new IllegalArgumentException("blockSizeBytes must be at least 4 * maxCommitBytes: blockSizeBytes="
                    + config.blockSizeBytes() + ", maxCommitBytes=" + config.maxCommitBytes());
        }
    }

    Journal open(final JournalHandler handler) {
        try {
            createDirectory();
            lock = DirectoryLock.acquire(directory);
            takeManifest();
            CycleHeaders.check(directory);
            discardMetadata();
            queue = unlessDamaged(METADATA_FILE, this::openQueue);
            scan(handler);
            beginEpoch();
            return unlessDamaged(METADATA_FILE, () -> new ChronicleJournal(this, config));
        } catch (final Throwable e) {
            Closing.quietly(queue, e);
            Closing.quietly(lock, e);
            throw e;
        }
    }

    /**
     * Chronicle's table holds its own locks and a listing of the directory, nothing that lasts. Its locks outlive a
     * process that dies with them, and are taken for its own by the next one with the same PID, as in a container; if it
     * is damaged, Chronicle waits long and then goes on read-only. Who holds the directory lock is alone, so it is made
     * anew.
     */
    private void discardMetadata() {
        final Path file = directory.resolve(METADATA_FILE);
        try {
            Files.deleteIfExists(file);
        } catch (final IOException e) {
            throw new JournalException("journal directory must be writable: file=" + file, e);
        }
    }

    /** Damage outside of the commits makes Chronicle throw anything, undeclared checked exceptions included. */
    private <T> T unlessDamaged(final String fileName, final Supplier<T> step) {
        try {
            return step.get();
        } catch (final JournalException e) {
            throw e;
        } catch (final InterruptedRuntimeException e) {
            throw new JournalException("opening must not be interrupted: directory=" + directory, e);
        } catch (final Exception | AssertionError | InternalError e) {
            final JournalCorruptException corrupt = new JournalCorruptException(
                    directory.resolve(fileName), 0, nextSequence, "Chronicle must be able to use its files: " + e);
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private void createDirectory() {
        try {
            if (!Files.isDirectory(directory)) {
                final Path absolute = directory.toAbsolutePath();
                Files.createDirectories(absolute.getParent());
                Files.createDirectory(
                        absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                CycleFiles.forceDirectory(absolute.getParent());
            }
        } catch (final IOException e) {
            throw new JournalException("journal directory must be usable: directory=" + directory, e);
        }
    }

    private void takeManifest() {
        final Manifest found = Manifest.read(directory);
        if (found == null) {
            if (!CycleHeaders.list(directory).isEmpty()) {
                throw new JournalCorruptException(
                        directory.resolve(Manifest.FILE_NAME), 0, 1, "manifest must be there beside the cycle files");
            }
            manifest = Manifest.create(config.blockSizeBytes());
            manifest.write(directory);
        } else {
            if (found.blockSizeBytes() != config.blockSizeBytes()) {
                throw new JournalException("blockSizeBytes must be as at the journal's creation, "
                        + found.blockSizeBytes() + ": " + config.blockSizeBytes());
            }
            manifest = found;
        }
    }

    /**
     * Nothing has been changed up to here. The process before may have died with commits that were journaled and not
     * forced; they are forced now, so that what the manifest then says of them holds whatever happens.
     */
    private void beginEpoch() {
        try {
            for (final Path file : CycleHeaders.list(directory)) {
                CycleFiles.forceFile(file);
            }
            CycleFiles.forceDirectory(directory);
        } catch (final IOException e) {
            throw new JournalException("journal must be forced before it is appended to: directory=" + directory, e);
        }
        manifest = manifest.nextEpoch(nextSequence - 1);
        manifest.write(directory);
        clock.startAt(Math.max(lastTimestampNs, clock.nowNs()));
    }

    private SingleChronicleQueue openQueue() {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(LargeRollCycles.XLARGE_DAILY)
                .blockSize(config.blockSizeBytes())
                .syncMode(SyncMode.NONE)
                .timeProvider(clock)
                .build();
    }

    static ExcerptTailer newTailer(final SingleChronicleQueue queue) {
        final ExcerptTailer tailer = queue.createTailer();
        // Readers may be handed from thread to thread by their owner; the hand-over is the owner's to order.
        tailer.singleThreadedCheckDisabled(true);
        return tailer;
    }

    private void scan(final JournalHandler handler) {
        final ExcerptTailer tailer = unlessDamaged(METADATA_FILE, () -> newTailer(queue));
        try {
            final CommitCursor cursor = new CommitCursor(tailer, directory, manifest.journalId());
            final CommitCursor.Progress progress = new CommitCursor.Progress();
            final JournalHandler rebuilding = new Rebuilding(handler, cursor);
            cursor.toStart();
            while (cursor.open()) {
                lastIndex = cursor.chronicleIndex();
                index.onCommit(cursor.firstSequence(), lastIndex, cursor.length());
                checkEpoch(cursor);
                lastTimestampNs = Math.max(lastTimestampNs, cursor.baseTimestampNs());
                cursor.deliver(rebuilding, progress);
                cursor.close();
            }
            nextSequence = cursor.expectedFirst();
            nextChain = cursor.expectedChain();
            nextFileOffset = cursor.nextFileOffset();
            unlessDamaged(METADATA_FILE, () -> checkNothingBehind(cursor));
        } finally {
            tailer.close();
        }
    }

    private void checkEpoch(final CommitCursor cursor) {
        if (cursor.epoch() < 1 || cursor.epoch() > manifest.epoch()) {
            throw cursor.corrupt("epoch must be 1 to " + manifest.epoch() + ": " + cursor.epoch());
        }
    }

    /**
     * A damaged excerpt header ends Chronicle's reading without a word. The position of the last excerpt, which
     * Chronicle keeps in the head of each cycle file, then says that more was there; so may the manifest.
     */
    private Void checkNothingBehind(final CommitCursor cursor) {
        final int lastReadCycle = lastIndex < 0 ? -1 : queue.rollCycle().toCycle(lastIndex);
        final long lastRead = cursor.fileOffset() - CommitCursor.EXCERPT_HEADER_LENGTH;
        final int lastCycle = queue.lastCycle();
        for (int cycle = lastReadCycle < 0 ? queue.firstCycle() : lastReadCycle; cycle <= lastCycle; cycle++) {
            final long expected = cycle == lastReadCycle ? lastRead : 0;
            final long written = raiseLastWritten(cycle, expected);
            if (written > expected) {
                throw cursor.corrupt("the last commit must be readable: cycle=" + cycle + ", last excerpt written at "
                        + written + ", last commit read at " + lastRead + " of cycle " + lastReadCycle);
            }
        }
        if (nextSequence <= manifest.sequence()) {
            throw cursor.corrupt("journal must reach sequence " + manifest.sequence()
                    + ", where it was at the last opening: last sequence read=" + (nextSequence - 1));
        }
        return null;
    }

    /**
     * The position that Chronicle keeps of a cycle's last excerpt. It lags behind after a crash; Chronicle would look for
     * the end from there, and write over whatever it does not take for an excerpt. So it is raised to where it belongs.
     */
    private long raiseLastWritten(final int cycle, final long position) {
        final SingleChronicleQueueStore store = queue.storeForCycle(cycle, 0, false, null);
        if (store == null) {
            return 0;
        }
        try {
            final long written = store.writePosition();
            if (written < position) {
                store.writePosition(position);
            }
            return written;
        } finally {
            queue.closeStore(store);
        }
    }

    /** Passes everything on, and rebuilds the stream heads, which proves stream versions and back pointers by the way. */
    private final class Rebuilding implements JournalHandler {
        private final JournalHandler handler;
        private final CommitCursor cursor;
        private final long[] streamIds = new long[EventBatch.MAX_EVENTS];
        private final TypeFilter types = new TypeFilter(config.eventTypes());

        private Rebuilding(final JournalHandler handler, final CommitCursor cursor) {
            this.handler = handler;
            this.cursor = cursor;
        }

        @Override
        public void onCommand(final CommandView command) {
            lastTimestampNs = Math.max(lastTimestampNs, command.timestampNs());
            handler.onCommand(command);
        }

        @Override
        public void onAhead(final EventBatch events) {
            final int size = events.size();
            for (int i = 0; i < size; i++) {
                streamIds[i] = events.get(i).streamId();
            }
            heads.prefetch(streamIds, size);
            handler.onAhead(events);
        }

        @Override
        public void onEvent(final EventView event) {
            heads.advance(event.streamId(), event.sequence());
            if (heads.advancedVersion() != event.streamVersion()
                    || heads.advancedPrevious() != event.previousSequence()) {
                throw cursor.corrupt("event must continue its stream: " + event + ", expected version "
                        + heads.advancedVersion() + " after sequence " + heads.advancedPrevious());
            }
            if (!types.allows(event.typeId())) {
                throw new InvalidRecordException(
                        Reason.UNKNOWN_TYPE, "journal must hold only the configured event types: " + event);
            }
            handler.onEvent(event);
        }

        @Override
        public void onCommitEnd(final long lastSequence) {
            handler.onCommitEnd(lastSequence);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    DirectoryLock lock() {
        return lock;
    }

    SingleChronicleQueue queue() {
        return queue;
    }

    JournalClock clock() {
        return clock;
    }

    CommitIndex index() {
        return index;
    }

    StreamHeads heads() {
        return heads;
    }

    /** Chronicle index of the last commit, -1 when there is none. */
    long lastIndex() {
        return lastIndex;
    }

    /** Where the last commit ends in its file, and the next excerpt's payload starts at the earliest. */
    long nextFileOffset() {
        return nextFileOffset;
    }

    long nextSequence() {
        return nextSequence;
    }

    long nextChain() {
        return nextChain;
    }

    long lastTimestampNs() {
        return lastTimestampNs;
    }
}
