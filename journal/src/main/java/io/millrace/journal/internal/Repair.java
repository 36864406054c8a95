package io.millrace.journal.internal;

import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalInspector.ProgressListener;
import io.millrace.journal.JournalLockedException;
import io.millrace.journal.JournalState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes what can be read of a journal for the journal. The same parts as an opening, with another rule: where an opening
 * refuses, this cuts.
 */
public final class Repair {
    private final Path directory;
    private final ProgressListener listener;
    private final Manifest manifest;
    private final boolean manifestMade;
    private final WatermarkFile.Copy watermark;
    private final JournalScan scan;
    private final TailRule.Verdict verdict;
    private final List<String> steps = new ArrayList<>();

    private Repair(final Path directory, final LockHolder holder, final ProgressListener listener) {
        this.directory = directory;
        this.listener = listener;
        Manifest found = readManifest();
        manifestMade = found == null;
        if (manifestMade) {
            found = makeManifest();
        }
        manifest = found;
        watermark = readWatermark();
        scan = new JournalScan(directory, manifest, place(), new Progress(), null, false);
        scan.run();
        verdict = TailRule.judge(scan, watermark, TailRule.left(directory, holder, watermark));
        plan();
    }

    /**
     * Looks and decides.
     *
     * @param directory of the journal
     * @param listener is told how far it has got
     * @return the plan
     */
    public static Repair plan(final Path directory, final ProgressListener listener) {
        if (!Files.isDirectory(directory)) {
            throw new JournalException("journal directory must be there: " + directory);
        }
        final LockHolder holder = LockHolder.read(directory);
        final Repair repair = new Repair(directory, holder, listener);
        final boolean closed = repair.watermark != null && repair.watermark.clean();
        if (holder.hasOpen(directory, closed)) {
            // What it is just writing would look like damage.
            throw new JournalLockedException(directory, holder.pid());
        }
        return repair;
    }

    private Manifest readManifest() {
        try {
            return Manifest.read(directory);
        } catch (final JournalCorruptException e) {
            return null;
        }
    }

    /** From the first commit and the watermark: together they hold all that a manifest says and cannot be guessed. */
    private Manifest makeManifest() {
        final WatermarkFile.Copy copy = WatermarkFile.readAny(directory);
        final List<Path> files = DirectoryContents.cycles(directory);
        if (copy == null || files.isEmpty()) {
            throw new JournalException("journal must have a manifest, or a watermark and cycle files to make one from:"
                    + " directory=" + directory + "; restore a backup");
        }
        final ByteBuffer envelope = firstEnvelope(files.get(0));
        final long first = envelope.getLong(JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET);
        final long chain = envelope.getLong(JournalFormat.COMMIT_CHAIN_OFFSET);
        steps.add("write the manifest anew: journalId=" + Long.toHexString(copy.journalId()) + ", firstSequence="
                + first);
        return new Manifest(copy.journalId(), copy.epoch(), copy.blockSizeBytes(), first, chain, List.of());
    }

    private static ByteBuffer firstEnvelope(final Path file) {
        final ByteBuffer envelope =
                ByteBuffer.allocate(JournalFormat.COMMIT_HEADER_LENGTH).order(JournalFormat.BYTE_ORDER);
        try (FileChannel channel = FileChannel.open(file);
                CycleScanner scanner = new CycleScanner(file, new CommitView(0), Integer.MAX_VALUE / 2)) {
            scanner.next();
            channel.read(envelope, scanner.offset() + CycleScanner.WORD_BYTES);
        } catch (final IOException e) {
            throw new JournalException("journal cycle file must be readable: file=" + file, e);
        }
        if (envelope.getInt(JournalFormat.COMMIT_MAGIC_OFFSET) != JournalFormat.MAGIC) {
            throw new JournalException("the oldest cycle must begin with a commit, to make a manifest from it: file="
                    + file + "; restore a backup");
        }
        return envelope;
    }

    private WatermarkFile.Copy readWatermark() {
        try {
            return WatermarkFile.read(directory, manifest.journalId());
        } catch (final JournalCorruptException e) {
            steps.add("ignore the watermark, which belongs to another journal");
            return null;
        }
    }

    private WatermarkFile.Place place() {
        return watermark == null ? null : watermark.place();
    }

    private void plan() {
        if (watermark == null) {
            steps.add("write the watermark anew");
        }
        if (verdict.action() != TailRule.Action.OPEN) {
            final JournalScan.Stop stop = scan.stop();
            steps.add("cut at offset " + stop.offset() + " of " + stop.file().getFileName() + ": keep everything up to"
                    + " sequence " + lastSequence() + ", move what lies behind it to "
                    + DirectoryContents.CUT_DIRECTORY);
            if (watermark != null && watermark.place().sequence() > lastSequence()) {
                steps.add("give up the events " + scan.nextSequence() + " to "
                        + watermark.place().sequence() + ", which were on the disk");
            }
            steps.add("set manifest and watermark to what stays");
        }
    }

    /**
     * What will be done.
     *
     * @return a line each
     */
    public List<String> steps() {
        return List.copyOf(steps);
    }

    /**
     * What stays.
     *
     * @return sequence of the last event
     */
    public long lastSequence() {
        return scan.nextSequence() - 1;
    }

    /**
     * What was on the disk for certain.
     *
     * @return sequence of the last such event, -1 when no watermark could be read
     */
    public long watermarkSequence() {
        return watermark == null ? -1 : watermark.place().sequence();
    }

    /**
     * What is wrong.
     *
     * @return the damage, null when nothing is
     */
    public JournalState.Damage damage() {
        final JournalCorruptException damage = verdict.damage();
        return verdict.action() == TailRule.Action.OPEN || damage == null
                ? null
                : new JournalState.Damage(
                        damage.file(),
                        damage.fileOffset(),
                        damage.sequence(),
                        damage.problem(),
                        String.join("; ", steps));
    }

    /**
     * Does it.
     *
     * @return a report
     */
    public List<String> apply() {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            final Repair now = new Repair(directory, lock.previous(), listener);
            final List<String> report = new ArrayList<>(now.steps());
            if (!report.isEmpty()) {
                final long cutBytes = now.applyLocked(lock);
                if (cutBytes > 0) {
                    report.add(cutBytes + " bytes were taken away and are in "
                            + directory.resolve(DirectoryContents.CUT_DIRECTORY) + ", with a report");
                }
            }
            return report;
        }
    }

    /** Returns how many bytes were taken away. */
    private long applyLocked(final DirectoryLock lock) {
        try {
            long cutBytes = 0;
            Files.deleteIfExists(directory.resolve(Manifest.NEW_FILE_NAME));
            if (verdict.action() != TailRule.Action.OPEN) {
                cutBytes = TailCut.perform(directory, scan, verdict.damage());
            }
            final Ending ending = Ending.of(scan);
            for (final JournalScan.Cycle cycle : scan.cycles()) {
                CycleFiles.forceFile(cycle.file());
            }
            final Manifest repaired = manifest.nextEpoch().withCycles(ending.cycles());
            Files.deleteIfExists(directory.resolve(WatermarkFile.FILE_NAME));
            try (WatermarkFile file = WatermarkFile.open(directory, repaired, watermark)) {
                file.store(lastSequence(), scan.nextChain(), ending.cycle(), ending.endOffset(), true);
                file.force();
            }
            repaired.write(directory);
            lock.nameHolder();
            return cutBytes;
        } catch (final IOException e) {
            throw new JournalException("journal must be repairable, try again: directory=" + directory, e);
        }
    }

    private final class Progress implements JournalScan.CommitListener {
        private static final int STEP_BYTES = 8 << 20;
        private final long total = DirectoryContents.cycles(directory).stream()
                .mapToLong(file -> file.toFile().length())
                .sum();
        private long done;
        private long told;

        @Override
        public void onCommit(final CommitView commit, final long index, final Path file, final long offset) {
            done += commit.length();
            if (done - told >= STEP_BYTES) {
                told = done;
                listener.onProgress(done, total);
            }
        }
    }
}
