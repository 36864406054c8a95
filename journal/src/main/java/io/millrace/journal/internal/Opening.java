package io.millrace.journal.internal;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import net.openhft.chronicle.core.threads.InterruptedRuntimeException;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a journal. In order: lock, contents and permissions, manifest, watermark; one {@link JournalScan} over every
 * commit, which checks it, delivers it, and rebuilds stream heads and commit index; {@link TailRule}'s verdict, and a
 * {@link TailCut} if that is the verdict; a new epoch, with everything forced; and only then Chronicle, for appending.
 *
 * <p>Nothing is changed before the verdict but what an interrupted step of an earlier opening left over. The lock file
 * names the new holder only after the cut: an opening that dies before finds what this one found. Each step releases what
 * the ones before took when it fails.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final JournalConfig config;
    private final Path directory;
    private final long startNs = System.nanoTime();
    private final JournalClock clock;
    private final CycleClock cycleClock;
    private final CommitIndex index = new CommitIndex();
    private final StreamHeads heads;
    private DirectoryLock lock;
    private Manifest manifest;
    private WatermarkFile.Copy lastWatermark;
    private WatermarkFile watermark;
    private JournalScan scan;
    private Rebuilding rebuilding;
    private ScanAhead ahead;
    private SingleChronicleQueue queue;
    private RecoveryReport report;

    Opening(final JournalConfig config) {
        this.config = config;
        directory = config.directory();
        clock = new JournalClock(config.clock());
        cycleClock = new CycleClock(config.rollBytes(), config.rollIntervalNs());
        heads = new StreamHeads(config.expectedStreams(), config.denseStreams());
        if (config.blockSizeBytes() < 4L * config.maxCommitBytes()) {
            throw new IllegalArgumentException("blockSizeBytes must be at least 4 * maxCommitBytes: blockSizeBytes="
                    + config.blockSizeBytes() + ", maxCommitBytes=" + config.maxCommitBytes());
        }
    }

    Journal open(final JournalHandler handler) {
        try {
            createDirectory();
            lock = DirectoryLock.acquire(directory);
            DirectoryContents.check(directory, config.allowLoosePermissions());
            takeManifest();
            discardLeftovers();
            recover(handler);
            beginEpoch();
            openQueue();
            return unlessDamaged(DirectoryContents.METADATA_FILE, () -> new ChronicleJournal(this, config));
        } catch (final Throwable e) {
            Closing.quietly(queue, e);
            Closing.quietly(watermark, e);
            Closing.quietly(lock, e);
            throw e;
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
                    directory.resolve(fileName), 0, nextSequence(), "Chronicle must be able to use its files: " + e);
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private void createDirectory() {
        try {
            if (!Files.isDirectory(directory)) {
                final Path absolute = directory.toAbsolutePath();
                Files.createDirectories(absolute.getParent());
                PrivateFiles.createDirectory(absolute);
                CycleFiles.forceDirectory(absolute.getParent());
            }
        } catch (final IOException e) {
            throw new JournalException("journal directory must be usable: directory=" + directory, e);
        }
    }

    private void takeManifest() {
        final Manifest found = Manifest.read(directory);
        if (found == null) {
            if (!DirectoryContents.cycles(directory).isEmpty()) {
                throw new JournalCorruptException(
                        directory.resolve(Manifest.FILE_NAME), 0, 1, "manifest must be there beside the cycle files");
            }
            manifest = Manifest.create(config.blockSizeBytes());
        } else {
            if (found.blockSizeBytes() != config.blockSizeBytes()) {
                throw new JournalException("blockSizeBytes must be as at the journal's creation, "
                        + found.blockSizeBytes() + ": " + config.blockSizeBytes());
            }
            manifest = found;
            lastWatermark = WatermarkFile.read(directory, manifest.journalId());
        }
    }

    /** What steps that were cut short have left: of a manifest, of a rebuild, of a retention. */
    private void discardLeftovers() {
        try {
            Files.deleteIfExists(directory.resolve(Manifest.NEW_FILE_NAME));
            TailCut.discardRebuild(directory);
            deleteForgotten();
            // Chronicle's table holds its own locks and a listing of the directory, nothing that lasts. Its locks
            // outlive
            // a process, and are taken for its own by the next one with the same PID, as in a container; if it is
            // damaged, Chronicle waits long and then goes on read-only.
            Files.deleteIfExists(directory.resolve(DirectoryContents.METADATA_FILE));
        } catch (final IOException e) {
            throw new JournalException("journal directory must be writable: directory=" + directory, e);
        }
    }

    /** Cycles that retention took out of the manifest and had not deleted yet. */
    private void deleteForgotten() throws IOException {
        if (!manifest.cycles().isEmpty()) {
            final int oldest = manifest.cycles().get(0).number();
            for (final Path file : DirectoryContents.cycles(directory)) {
                if (CycleRoll.cycleOf(file) < oldest) {
                    LOG.info("deleting a cycle file that retention had taken out of the manifest: file={}", file);
                    Files.delete(file);
                }
            }
        }
    }

    private void recover(final JournalHandler handler) {
        rebuilding = new Rebuilding(heads, config.eventTypes(), manifest.firstSequence());
        ahead = new ScanAhead(directory, manifest.journalId(), handler);
        scan = new JournalScan(
                directory,
                manifest,
                lastWatermark == null ? null : lastWatermark.place(),
                this::onCommit,
                ahead,
                false);
        ahead.run(scan::run);
        final TailRule.Left left = TailRule.left(directory, lock.previous(), lastWatermark);
        final TailRule.Verdict verdict = TailRule.judge(scan, lastWatermark, left);
        long cutBytes = 0;
        switch (verdict.action()) {
            case REFUSE -> throw verdict.damage();
            case CUT -> cutBytes = TailCut.perform(directory, scan, verdict.damage());
            default -> deleteBlankFiles();
        }
        report = report(left, verdict, cutBytes);
    }

    private void onCommit(final CommitView commit, final long chronicleIndex, final Path file, final long wordOffset) {
        index.onCommit(commit.firstSequence(), chronicleIndex, commit.length());
        rebuilding.onCommit(commit, file, wordOffset);
        if (commit.epoch() < 1 || commit.epoch() > manifest.epoch()) {
            throw new JournalCorruptException(
                    file,
                    wordOffset + CycleScanner.WORD_BYTES,
                    commit.firstSequence(),
                    "epoch must be 1 to " + manifest.epoch() + ": " + commit.epoch());
        }
        ahead.add(commit);
    }

    /** A process that died while it created a cycle file leaves one that was never written to. */
    private void deleteBlankFiles() {
        for (final Path blank : scan.blankFiles()) {
            try {
                LOG.info("deleting a cycle file whose creation was cut short: file={}", blank);
                Files.deleteIfExists(blank);
            } catch (final IOException e) {
                throw new JournalException("journal directory must be writable: file=" + blank, e);
            }
        }
    }

    private RecoveryReport report(final TailRule.Left left, final TailRule.Verdict verdict, final long cutBytes) {
        final boolean cut = verdict.action() == TailRule.Action.CUT;
        final JournalCorruptException damage = verdict.damage();
        final RecoveryReport found = new RecoveryReport(
                manifest.epoch() == 0 ? RecoveryReport.Left.CREATED : RecoveryReport.Left.valueOf(left.name()),
                nextSequence() - 1,
                lastWatermark == null ? -1 : lastWatermark.place().sequence(),
                cutBytes,
                cut ? scan.stop().file() : null,
                scan.stop().offset(),
                damage == null ? null : damage.getMessage(),
                cut ? directory.resolve(DirectoryContents.CUT_DIRECTORY) : null,
                System.nanoTime() - startNs);
        if (cut) {
            LOG.warn("a torn tail was cut: directory={}, {}", directory, found);
        }
        if (lastWatermark == null && manifest.epoch() > 0) {
            LOG.warn("no watermark could be read; what was read is taken for all there was: directory={}", directory);
        }
        return found;
    }

    /**
     * The process before may have died with commits that were journaled and not forced; they are forced now, so that what
     * manifest and watermark then say of them holds whatever happens.
     */
    private void beginEpoch() {
        try {
            final int forcedCycle =
                    lastWatermark == null ? -1 : lastWatermark.place().cycle();
            for (final JournalScan.Cycle cycle : scan.cycles()) {
                if (cycle.number() >= forcedCycle) {
                    CycleFiles.forceFile(cycle.file());
                }
            }
            CycleFiles.forceDirectory(directory);
            final Ending ending = Ending.of(scan);
            manifest = manifest.nextEpoch().withCycles(ending.cycles());
            watermark = WatermarkFile.open(directory, manifest, lastWatermark);
            watermark.store(nextSequence() - 1, nextChain(), ending.cycle(), ending.endOffset(), false);
            watermark.force();
            manifest.write(directory);
            lock.nameHolder();
        } catch (final IOException e) {
            throw new JournalException("journal must be forced before it is appended to: directory=" + directory, e);
        }
        clock.startAt(Math.max(rebuilding.lastTimestampNs(), clock.nowNs()));
    }

    private void openQueue() {
        final JournalScan.Cycle last = scan.last();
        if (last != null) {
            cycleClock.startAt(last.number(), last.firstTimestampNs(), !last.closed());
        }
        queue = unlessDamaged(
                DirectoryContents.METADATA_FILE, () -> Queues.open(directory, config.blockSizeBytes(), cycleClock));
        if (last != null) {
            unlessDamaged(last.file().getFileName().toString(), () -> raiseLastWritten(last));
        }
    }

    /**
     * The position that Chronicle keeps of a cycle's last excerpt. It lags behind after a crash; Chronicle would look for
     * the end from there, and write over whatever it does not take for an excerpt. So it is raised to where it belongs.
     */
    private Void raiseLastWritten(final JournalScan.Cycle last) {
        final SingleChronicleQueueStore store = queue.storeForCycle(last.number(), 0, false, null);
        if (store == null) {
            throw new IllegalStateException("Chronicle must find the newest cycle: " + last.file());
        }
        try {
            if (store.writePosition() < rebuilding.lastWordOffset() && last.commits() > 0) {
                store.writePosition(rebuilding.lastWordOffset());
            }
            return null;
        } finally {
            queue.closeStore(store);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    DirectoryLock lock() {
        return lock;
    }

    WatermarkFile watermark() {
        return watermark;
    }

    SingleChronicleQueue queue() {
        return queue;
    }

    JournalClock clock() {
        return clock;
    }

    CycleClock cycleClock() {
        return cycleClock;
    }

    CommitIndex index() {
        return index;
    }

    StreamHeads heads() {
        return heads;
    }

    RecoveryReport report() {
        return report;
    }

    /** The newest cycle, null when there is none. */
    JournalScan.Cycle lastCycle() {
        return scan.last();
    }

    /** The newest cycle that holds a commit, null when there is none. */
    JournalScan.Cycle lastCommitCycle() {
        return Ending.lastWithCommits(scan);
    }

    long nextSequence() {
        return scan == null ? 1 : scan.nextSequence();
    }

    long nextChain() {
        return scan.nextChain();
    }

    long lastTimestampNs() {
        return rebuilding.lastTimestampNs();
    }
}
