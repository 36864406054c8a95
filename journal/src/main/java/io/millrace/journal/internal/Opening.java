package io.millrace.journal.internal;

import io.millrace.journal.CommandView;
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
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;

/**
 * Opens a journal: lock, manifest, queue, then one pass over every commit that checks it, delivers it, and rebuilds the
 * stream heads and the commit index. Each step releases what the ones before took when it fails.
 */
final class Opening {
    private static final String CYCLE_FILE_SUFFIX = ".cq4";

    private final JournalConfig config;
    private final Path directory;
    private final JournalClock clock;
    private final CommitIndex index = new CommitIndex();
    private final StreamHeads heads;
    private DirectoryLock lock;
    private Manifest manifest;
    private SingleChronicleQueue queue;
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
            queue = openQueue();
            scan(handler);
            clock.startAt(lastTimestampNs);
            return new ChronicleJournal(this, config);
        } catch (final Throwable e) {
            Closing.quietly(queue, e);
            Closing.quietly(lock, e);
            throw e;
        }
    }

    private void createDirectory() {
        try {
            if (!Files.isDirectory(directory)) {
                final Path absolute = directory.toAbsolutePath();
                Files.createDirectories(absolute.getParent());
                Files.createDirectory(
                        absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (final IOException e) {
            throw new JournalException("journal directory must be usable: directory=" + directory, e);
        }
    }

    private void takeManifest() {
        final Manifest found = Manifest.read(directory);
        if (found == null && hasCycles()) {
            throw new JournalCorruptException(
                    directory.resolve(Manifest.FILE_NAME), 0, 1, "manifest must be there beside the cycle files");
        }
        if (found != null && found.blockSizeBytes() != config.blockSizeBytes()) {
            throw new JournalException("blockSizeBytes must be as at the journal's creation, " + found.blockSizeBytes()
                    + ": " + config.blockSizeBytes());
        }
        manifest = (found == null ? Manifest.create(config.blockSizeBytes()) : found).nextEpoch();
        manifest.write(directory);
    }

    private boolean hasCycles() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(CYCLE_FILE_SUFFIX));
        } catch (final IOException e) {
            throw new JournalException("journal directory must be readable: directory=" + directory, e);
        }
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
        final ExcerptTailer tailer = newTailer(queue);
        try {
            final CommitCursor cursor = new CommitCursor(tailer, directory, manifest.journalId());
            final CommitCursor.Progress progress = new CommitCursor.Progress();
            final JournalHandler rebuilding = new Rebuilding(handler, cursor);
            long lastIndex = -1;
            cursor.toStart();
            while (cursor.open()) {
                lastIndex = cursor.chronicleIndex();
                index.onCommit(cursor.firstSequence(), lastIndex, cursor.length());
                checkEpoch(cursor);
                lastTimestampNs = cursor.baseTimestampNs();
                cursor.deliver(rebuilding, 0, progress);
                cursor.close();
            }
            nextSequence = cursor.expectedFirst();
            nextChain = cursor.expectedChain();
            checkNothingBehind(cursor, lastIndex);
        } finally {
            tailer.close();
        }
    }

    private void checkEpoch(final CommitCursor cursor) {
        if (cursor.epoch() < 1 || cursor.epoch() >= manifest.epoch()) {
            throw cursor.corrupt("epoch must be 1 to " + (manifest.epoch() - 1) + ": " + cursor.epoch());
        }
    }

    /** A damaged excerpt header ends Chronicle's reading without a word; its own position then says that more was there. */
    private void checkNothingBehind(final CommitCursor cursor, final long lastIndex) {
        final long written = queue.lastIndex();
        if (written > lastIndex) {
            throw cursor.corrupt("the commit behind the last readable one must be readable: readable up to index "
                    + Long.toHexString(lastIndex) + ", written up to " + Long.toHexString(written));
        }
    }

    /** Passes everything on, and rebuilds the stream heads, which proves stream versions and back pointers by the way. */
    private final class Rebuilding implements JournalHandler {
        private final JournalHandler handler;
        private final CommitCursor cursor;
        private final TypeFilter types = new TypeFilter(config.eventTypes());

        private Rebuilding(final JournalHandler handler, final CommitCursor cursor) {
            this.handler = handler;
            this.cursor = cursor;
        }

        @Override
        public void onCommand(final CommandView command) {
            handler.onCommand(command);
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
