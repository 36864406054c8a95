package io.millrace.journal.internal;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalAnchor;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalInspector.ProgressListener;
import io.millrace.journal.JournalState;
import io.millrace.journal.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** One look into a journal directory, for {@link io.millrace.journal.JournalInspector}. */
public final class Inspection {
    private static final int PROGRESS_BYTES = 8 << 20;

    private final Path directory;
    private final ProgressListener listener;
    private final LockHolder holder;
    private final Manifest manifest;
    private final WatermarkFile.Copy watermark;
    private final boolean live;
    private final long bytesTotal;
    private long bytesDone;
    private long bytesTold;
    private long commits;
    private long commands;

    /**
     * Reads what stands beside the commits, the watermark before any of them: a live writer only moves on.
     *
     * @param directory of the journal
     * @param listener is told how far a pass has got
     */
    public Inspection(final Path directory, final ProgressListener listener) {
        this.directory = directory;
        this.listener = listener;
        if (!Files.isDirectory(directory)) {
            throw new JournalException("journal directory must be there: " + directory);
        }
        final Manifest found = Manifest.read(directory);
        if (found == null) {
            throw new JournalException("directory must hold a journal, and has no manifest: " + directory);
        }
        manifest = found;
        watermark = WatermarkFile.read(directory, manifest.journalId());
        holder = LockHolder.read(directory);
        live = holder.hasOpen(directory, watermark != null && watermark.clean());
        bytesTotal = DirectoryContents.cycles(directory).stream()
                .mapToLong(Inspection::size)
                .sum();
    }

    private static long size(final Path file) {
        try {
            return Files.size(file);
        } catch (final IOException e) {
            return 0; // retention has just deleted it
        }
    }

    /**
     * Looks, and looks again if what seems wrong is only that retention has deleted meanwhile what was being read.
     *
     * @param directory of the journal
     * @param listener is told how far a pass has got
     * @param look at the journal; nothing is delivered by it
     * @param isWell whether what was found is beyond doubt
     * @return what was found
     * @param <T> what is found
     */
    public static <T> T look(
            final Path directory,
            final ProgressListener listener,
            final Function<Inspection, T> look,
            final Predicate<T> isWell) {
        while (true) {
            final Inspection inspection = new Inspection(directory, listener);
            try {
                final T found = look.apply(inspection);
                if (isWell.test(found) || !inspection.isOvertaken()) {
                    return found;
                }
            } catch (final JournalException e) {
                if (!inspection.isOvertaken()) {
                    throw e;
                }
            }
        }
    }

    /** Whether the journal begins later now than when this looked first. */
    private boolean isOvertaken() {
        final Manifest now = Manifest.read(directory);
        return now != null && now.firstSequence() > manifest.firstSequence();
    }

    /**
     * Checks everything.
     *
     * @return what was found
     */
    public JournalState verify() {
        final Rebuilding checking = new Rebuilding(new StreamHeads(1), new int[0], manifest.firstSequence());
        final JournalScan scan = scan((commit, index, file, offset) -> {
            checking.onCommit(commit, file, offset);
            onCommit(commit);
        });
        try {
            scan.run();
        } catch (final JournalCorruptException e) {
            // Good commits that contradict each other: no tear, so no rule says what to do with it.
            return state(scan, new TailRule.Verdict(TailRule.Action.REFUSE, e));
        }
        return state(scan, judge(scan));
    }

    /**
     * Delivers what is there.
     *
     * @param fromSequence first to deliver
     * @param handler receives it
     * @return what was found
     */
    public JournalState read(final long fromSequence, final JournalHandler handler) {
        if (fromSequence < 1) {
            throw new IllegalArgumentException("fromSequence must be at least 1: " + fromSequence);
        }
        final JournalScan.CommitListener counting = (commit, index, file, offset) -> onCommit(commit);
        final JournalScan scan = scan(counting.thenDeliverTo(new From(fromSequence, handler)));
        try {
            scan.runFrom(fromSequence);
            final TailRule.Verdict verdict = judge(scan);
            if (verdict.action() == TailRule.Action.OPEN || !isOvertaken()) {
                return state(scan, verdict);
            }
        } catch (final JournalException e) {
            if (!isOvertaken()) {
                throw e;
            }
        }
        throw new JournalException("events must not be deleted while they are read: from=" + fromSequence
                + ", read up to=" + (scan.nextSequence() - 1) + ", directory=" + directory);
    }

    private JournalScan scan(final JournalScan.CommitListener commitListener) {
        return new JournalScan(
                directory, manifest, watermark == null ? null : watermark.place(), commitListener, null, live);
    }

    private TailRule.Verdict judge(final JournalScan scan) {
        return TailRule.judge(scan, watermark, live ? TailRule.Left.PROCESS_DIED : left());
    }

    private TailRule.Left left() {
        return TailRule.left(directory, holder, watermark);
    }

    private void onCommit(final CommitView commit) {
        commits++;
        commands += commit.commandCount();
        bytesDone += commit.length();
        if (bytesDone - bytesTold >= PROGRESS_BYTES) {
            bytesTold = bytesDone;
            listener.onProgress(bytesDone, bytesTotal);
        }
    }

    private JournalState state(final JournalScan scan, final TailRule.Verdict verdict) {
        listener.onProgress(bytesTotal, bytesTotal);
        final List<JournalState.Cycle> cycles = new ArrayList<>();
        for (final JournalScan.Cycle cycle : scan.cycles()) {
            cycles.add(new JournalState.Cycle(
                    cycle.file(),
                    cycle.firstSequence(),
                    cycle.lastSequence(),
                    cycle.commits(),
                    cycle.commitBytes(),
                    size(cycle.file()),
                    cycle.firstTimestampNs(),
                    cycle.closed()));
        }
        return new JournalState(
                directory,
                manifest.journalId(),
                manifest.epoch(),
                manifest.blockSizeBytes(),
                manifest.firstSequence(),
                scan.nextSequence() - 1,
                commits,
                commands,
                List.copyOf(cycles),
                watermark == null
                        ? null
                        : new JournalState.Watermark(watermark.place().sequence(), watermark.clean()),
                new JournalState.Holder(holder.pid(), live, RecoveryReport.Left.valueOf(left().name())),
                switch (verdict.action()) {
                    case OPEN -> JournalState.Verdict.OK;
                    case CUT -> JournalState.Verdict.TORN;
                    case REFUSE -> JournalState.Verdict.DAMAGED;
                },
                damage(scan, verdict));
    }

    private static JournalState.Damage damage(final JournalScan scan, final TailRule.Verdict verdict) {
        if (verdict.action() == TailRule.Action.OPEN) {
            return null;
        }
        final String remedy = "keep everything up to sequence " + (scan.nextSequence() - 1)
                + ", take away what lies behind it, and keep that in the directory "
                + DirectoryContents.CUT_DIRECTORY;
        final JournalCorruptException damage = verdict.damage();
        return damage == null
                ? new JournalState.Damage(
                        scan.stop().file(),
                        scan.stop().offset(),
                        scan.nextSequence(),
                        "what was not forced when the machine went down is torn",
                        remedy)
                : new JournalState.Damage(
                        damage.file(), damage.fileOffset(), damage.sequence(), damage.problem(), remedy);
    }

    /**
     * Digests everything.
     *
     * @return the anchor
     */
    public JournalAnchor anchor() {
        final Digests digests = new Digests(null);
        final JournalScan scan = scan(digests);
        scan.run();
        final TailRule.Verdict verdict = judge(scan);
        if (verdict.action() == TailRule.Action.REFUSE) {
            throw verdict.damage();
        }
        final List<JournalAnchor.Cycle> cycles = new ArrayList<>();
        for (int i = 0; i < digests.files.size(); i++) {
            final JournalScan.Cycle cycle = scan.cycles().stream()
                    .filter(found -> found.commits() > 0)
                    .toList()
                    .get(i);
            cycles.add(new JournalAnchor.Cycle(
                    cycle.file().getFileName().toString(),
                    cycle.firstSequence(),
                    cycle.lastSequence(),
                    cycle.commits(),
                    digests.digest(i)));
        }
        return new JournalAnchor(manifest.journalId(), scan.nextSequence() - 1, scan.nextChain(), cycles);
    }

    /**
     * Compares.
     *
     * @param anchor taken earlier
     * @return what is wrong, null if nothing is
     */
    public JournalState.Damage compare(final JournalAnchor anchor) {
        if (anchor.journalId() != manifest.journalId()) {
            return damage(
                    0,
                    "journal must be " + Long.toHexString(anchor.journalId()) + ", of which the anchor was taken: "
                            + Long.toHexString(manifest.journalId()));
        }
        final Digests digests = new Digests(anchor);
        final JournalScan scan = scan(digests);
        scan.run();
        for (final JournalAnchor.Cycle cycle : anchor.cycles()) {
            if (cycle.lastSequence() >= manifest.firstSequence() || cycle.firstSequence() >= manifest.firstSequence()) {
                final String wrong = digests.compare(cycle);
                if (wrong != null) {
                    return new JournalState.Damage(
                            directory.resolve(cycle.file()), 0, cycle.firstSequence(), wrong, "restore a backup");
                }
            }
        }
        return scan.nextSequence() - 1 < anchor.lastSequence()
                ? damage(
                        scan.nextSequence(),
                        "journal must reach sequence " + anchor.lastSequence()
                                + ", as it did when the anchor was taken: " + (scan.nextSequence() - 1))
                : null;
    }

    private JournalState.Damage damage(final long sequence, final String cause) {
        return new JournalState.Damage(directory, 0, sequence, cause, "restore a backup");
    }

    /** SHA-256 of the commits of each file, as far as an anchor covers it, or of all. */
    private final class Digests implements JournalScan.CommitListener {
        private final JournalAnchor anchor;
        private final List<String> files = new ArrayList<>();
        private final List<MessageDigest> digests = new ArrayList<>();
        private final List<Long> counts = new ArrayList<>();

        private Digests(final JournalAnchor anchor) {
            this.anchor = anchor;
        }

        @Override
        public void onCommit(final CommitView commit, final long index, final Path file, final long offset) {
            Inspection.this.onCommit(commit);
            final String name = file.getFileName().toString();
            if (files.isEmpty() || !files.get(files.size() - 1).equals(name)) {
                files.add(name);
                digests.add(sha256());
                counts.add(0L);
            }
            final int last = files.size() - 1;
            if (counts.get(last) < covered(name)) {
                commit.digest(digests.get(last));
                counts.set(last, counts.get(last) + 1);
            }
        }

        private long covered(final String name) {
            if (anchor == null) {
                return Long.MAX_VALUE;
            }
            return anchor.cycles().stream()
                    .filter(cycle -> cycle.file().equals(name))
                    .mapToLong(JournalAnchor.Cycle::commits)
                    .findFirst()
                    .orElse(0);
        }

        private String digest(final int file) {
            return HexFormat.of().formatHex(digests.get(file).digest());
        }

        private String compare(final JournalAnchor.Cycle cycle) {
            final int file = files.indexOf(cycle.file());
            if (file < 0) {
                return "cycle must be there: " + cycle.file();
            }
            if (counts.get(file) < cycle.commits()) {
                return "cycle must have " + cycle.commits() + " commits, as it had when the anchor was taken: "
                        + counts.get(file);
            }
            final String found = digest(file);
            return found.equals(cycle.sha256())
                    ? null
                    : "the cycle's first " + cycle.commits() + " commits must have SHA-256 " + cycle.sha256() + ": "
                            + found;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    /** Leaves out what comes before a sequence. */
    private record From(long sequence, JournalHandler handler) implements JournalHandler {
        @Override
        public void onCommand(final CommandView command) {
            if (command.firstSequence() + command.eventCount() > sequence
                    || command.eventCount() == 0 && command.firstSequence() >= sequence) {
                handler.onCommand(command);
            }
        }

        @Override
        public void onEvent(final EventView event) {
            if (event.sequence() >= sequence) {
                handler.onEvent(event);
            }
        }

        @Override
        public void onCommitEnd(final long lastSequence) {
            if (lastSequence >= sequence) {
                handler.onCommitEnd(lastSequence);
            }
        }
    }
}
