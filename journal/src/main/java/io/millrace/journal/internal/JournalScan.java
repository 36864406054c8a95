package io.millrace.journal.internal;

import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.RollCycle;

/**
 * One pass over all cycle files of a journal: checks every commit, tells of the good ones in order, and stops where the
 * journal ends or is bad. Changes nothing; what the stop means is {@link TailRule}'s to say.
 */
final class JournalScan {
    /** Told of each good commit. */
    @FunctionalInterface
    interface CommitListener {
        /**
         * A commit.
         *
         * @param commit open until this returns
         * @param chronicleIndex its index in the queue
         * @param file that holds it
         * @param offset of its header word
         */
        void onCommit(CommitView commit, long chronicleIndex, Path file, long offset);

        /** Is told first, and what the commit holds is handed out then. */
        default CommitListener thenDeliverTo(final JournalHandler handler) {
            final CommitView.Progress progress = new CommitView.Progress();
            return (commit, chronicleIndex, file, offset) -> {
                onCommit(commit, chronicleIndex, file, offset);
                commit.deliver(handler, progress);
            };
        }
    }

    /**
     * What a cycle holds, as far as it is good.
     *
     * @param number of the cycle
     * @param file that holds it
     * @param firstSequence of its first event, or of the next one to come
     * @param lastSequence of the last event up to its end
     * @param closingChain that the next commit carries
     * @param commits how many it has
     * @param commitBytes what they come to, without Chronicle's words
     * @param firstTimestampNs of its first commit, 0 when there is none
     * @param endOffset behind its last commit
     * @param stopOffset where the next header word is expected
     * @param closed whether it ends with the mark of a closed cycle
     */
    record Cycle(
            int number,
            Path file,
            long firstSequence,
            long lastSequence,
            long closingChain,
            long commits,
            long commitBytes,
            long firstTimestampNs,
            long endOffset,
            long stopOffset,
            boolean closed) {}

    /**
     * Where the pass ended.
     *
     * @param cycle number of the cycle
     * @param file that holds the place
     * @param offset of the header word there
     * @param damage what is wrong, null if the journal merely ends here
     * @param absent whether there is nothing at the place, rather than something bad
     * @param publishedBehind whether Chronicle, or a later cycle file, says that more was written
     */
    record Stop(
            int cycle,
            Path file,
            long offset,
            JournalCorruptException damage,
            boolean absent,
            boolean publishedBehind) {}

    private final Path directory;
    private final Manifest manifest;
    private final WatermarkFile.Place watermark;
    private final int maxCommitBytes;
    private final CommitView commit;
    private final CommitListener listener;
    private final ReadMemory memory;
    private final boolean live;
    private final List<Cycle> cycles = new ArrayList<>();
    private boolean watermarkMet;
    private final List<Path> blankFiles = new ArrayList<>();
    private JournalCorruptException indexDamage;
    private Stop stop;

    JournalScan(
            final Path directory,
            final Manifest manifest,
            final WatermarkFile.Place watermark,
            final CommitListener listener,
            final ReadMemory memory,
            final boolean live) {
        this.directory = directory;
        this.manifest = manifest;
        this.watermark = watermark;
        this.listener = listener;
        this.memory = memory;
        this.live = live;
        maxCommitBytes = manifest.blockSizeBytes() / 4;
        commit = new CommitView(manifest.journalId());
        watermarkMet = watermark == null || watermark.cycle() < Math.max(0, oldest());
    }

    /** Reads everything. */
    void run() {
        runFrom(manifest.firstSequence());
    }

    /** Reads from the cycle that holds a sequence; what is older was checked, if at all, by somebody else. */
    void runFrom(final long sequence) {
        final List<Manifest.Cycle> listed = manifest.cycles();
        int first = 0;
        // A cycle may begin with commands without events, or hold nothing else: those stand at the sequence to come.
        while (first + 1 < listed.size() && listed.get(first + 1).firstSequence() < sequence) {
            first++;
        }
        if (first == 0) {
            commit.expect(manifest.firstSequence(), manifest.firstChain());
        } else {
            final Manifest.Cycle before = listed.get(first - 1);
            commit.expect(before.lastSequence() + 1, before.closingChain());
        }
        final List<Path> files = files(first);
        for (int i = 0; i < files.size() && stop == null; i++) {
            read(files.get(i), i < listed.size() - first ? listed.get(first + i) : null, later(files, i));
        }
        if (stop == null) {
            stopAtEnd();
        }
    }

    /** Those that are there: of a copied directory, or a damaged one, listed cycles may be missing. */
    private static List<Path> later(final List<Path> files, final int index) {
        return files.subList(index + 1, files.size()).stream()
                .filter(Files::exists)
                .toList();
    }

    /** The listed cycles, there or not, and the newer ones that are there. */
    private List<Path> files(final int firstListed) {
        final List<Path> files = new ArrayList<>();
        final List<Manifest.Cycle> listed = manifest.cycles();
        for (final Manifest.Cycle cycle : listed.subList(Math.min(firstListed, listed.size()), listed.size())) {
            files.add(directory.resolve(CycleRoll.fileName(cycle.number())));
        }
        final int newest = listed.isEmpty() ? -1 : listed.get(listed.size() - 1).number();
        for (final Path file : DirectoryContents.cycles(directory)) {
            final int number = CycleRoll.cycleOf(file);
            if (number > newest) {
                files.add(file);
            } else if (number > oldest() && listed.stream().noneMatch(cycle -> cycle.number() == number)) {
                throw new JournalCorruptException(
                        file, 0, commit.expectedFirst(), "cycle file must be one that the manifest lists");
            }
        }
        while (files.size() > listed.size() - firstListed && isBlank(files.get(files.size() - 1))) {
            blankFiles.add(files.remove(files.size() - 1));
        }
        return files;
    }

    private boolean isBlank(final Path file) {
        try (CycleScanner scanner = new CycleScanner(file, new CommitView(manifest.journalId()), maxCommitBytes)) {
            return scanner.next() == CycleScanner.Step.BLANK;
        }
    }

    private int oldest() {
        return manifest.cycles().isEmpty() ? -1 : manifest.cycles().get(0).number();
    }

    private void read(final Path file, final Manifest.Cycle listed, final List<Path> later) {
        final int number = CycleRoll.cycleOf(file);
        if (!Files.exists(file)) {
            stop(number, file, 0, "cycle file must be there", true, !later.isEmpty());
            return;
        }
        if (listed != null && listed.firstSequence() != commit.expectedFirst()) {
            stop(
                    number,
                    file,
                    0,
                    "cycle must begin with sequence " + commit.expectedFirst() + ", but the manifest says "
                            + listed.firstSequence(),
                    false,
                    !later.isEmpty());
            return;
        }
        try (CycleScanner scanner = new CycleScanner(file, commit, maxCommitBytes, memory)) {
            read(number, file, scanner, listed, later);
        }
    }

    private void read(
            final int number,
            final Path file,
            final CycleScanner scanner,
            final Manifest.Cycle listed,
            final List<Path> later) {
        final long firstSequence = commit.expectedFirst();
        long bytes = 0;
        long firstTimestampNs = 0;
        long endOffset = 0;
        CycleScanner.Step step = next(scanner);
        while (step == CycleScanner.Step.COMMIT) {
            bytes += commit.length();
            firstTimestampNs = firstTimestampNs == 0 ? commit.baseTimestampNs() : firstTimestampNs;
            endOffset = scanner.offset();
            meetWatermark(number, endOffset);
            tell(number, file, scanner);
            step = next(scanner);
        }
        if (step != CycleScanner.Step.BLANK) {
            cycles.add(new Cycle(
                    number,
                    file,
                    firstSequence,
                    commit.expectedFirst() - 1,
                    commit.expectedChain(),
                    scanner.commits(),
                    bytes,
                    firstTimestampNs,
                    endOffset,
                    scanner.offset(),
                    step == CycleScanner.Step.CLOSED));
        }
        conclude(step, number, file, scanner, listed, later);
    }

    /** A live writer may have gone on since these bytes were read; what Chronicle says it wrote is there to be read. */
    private static CycleScanner.Step next(final CycleScanner scanner) {
        final CycleScanner.Step step = scanner.next();
        if (step == CycleScanner.Step.END && scanner.lastWrittenOffset() >= scanner.offset()) {
            scanner.refresh();
            return scanner.next();
        }
        return step;
    }

    private void meetWatermark(final int number, final long endOffset) {
        if (!watermarkMet && number == watermark.cycle() && endOffset == watermark.endOffset()) {
            watermarkMet =
                    watermark.chain() == commit.expectedChain() && watermark.sequence() == commit.expectedFirst() - 1;
        }
    }

    private void tell(final int number, final Path file, final CycleScanner scanner) {
        final RollCycle roll = CycleRoll.NUMBERED;
        listener.onCommit(commit, roll.toIndex(number, scanner.commits() - 1), file, scanner.commitOffset());
    }

    private void conclude(
            final CycleScanner.Step step,
            final int number,
            final Path file,
            final CycleScanner scanner,
            final Manifest.Cycle listed,
            final List<Path> later) {
        final boolean more = !later.isEmpty();
        switch (step) {
            case BAD -> stop(number, file, scanner.offset(), scanner.wrong(), scanner.isAbsent(), more);
            case BLANK -> stop(number, file, 0, "cycle file must start with its header", true, more);
            case END -> {
                if (more || listed != null && !listed.isOpen() || isListedBehind(number)) {
                    stop(number, file, scanner.offset(), "cycle must be closed before the next one begins", true, more);
                } else {
                    final boolean written = scanner.lastWrittenOffset() >= scanner.offset();
                    stop = new Stop(number, file, scanner.offset(), null, true, written);
                    checkIndex(scanner, file);
                }
            }
            default -> {
                checkListing(number, file, scanner, listed, more);
                checkIndex(scanner, file);
            }
        }
    }

    private boolean isListedBehind(final int number) {
        final List<Manifest.Cycle> listed = manifest.cycles();
        return !listed.isEmpty() && listed.get(listed.size() - 1).number() > number;
    }

    private void checkListing(
            final int number,
            final Path file,
            final CycleScanner scanner,
            final Manifest.Cycle listed,
            final boolean more) {
        if (listed != null
                && !listed.isOpen()
                && (listed.lastSequence() != commit.expectedFirst() - 1
                        || listed.closingChain() != commit.expectedChain())) {
            stop(
                    number,
                    file,
                    scanner.offset(),
                    "cycle must end with sequence " + listed.lastSequence() + " and the chain that the manifest says: "
                            + (commit.expectedFirst() - 1),
                    false,
                    more);
        }
    }

    private void checkIndex(final CycleScanner scanner, final Path file) {
        // A live writer has gone on, and its index with it.
        final String wrong = live ? null : scanner.checkIndex();
        if (wrong != null && indexDamage == null) {
            indexDamage = new JournalCorruptException(file, scanner.offset(), commit.expectedFirst(), wrong);
        }
    }

    private void stop(
            final int number,
            final Path file,
            final long offset,
            final String cause,
            final boolean absent,
            final boolean publishedBehind) {
        final long shown = offset == 0 ? 0 : offset + CycleScanner.WORD_BYTES;
        stop = new Stop(
                number,
                file,
                offset,
                new JournalCorruptException(file, shown, commit.expectedFirst(), cause),
                absent,
                publishedBehind);
    }

    /** Behind a closed cycle, or in an empty journal. */
    private void stopAtEnd() {
        final Cycle last = last();
        stop = last == null
                ? new Stop(-1, directory, 0, null, true, false)
                : new Stop(last.number(), last.file(), last.stopOffset(), null, true, false);
    }

    /** How many cycle files lie behind the one with the stop. */
    int laterCycles() {
        return (int) DirectoryContents.cycles(directory).stream()
                .filter(file -> CycleRoll.cycleOf(file) > stop.cycle())
                .count();
    }

    /** Whether any commit of this journal with a later sequence lies behind the stop. */
    boolean validFollows() {
        for (final Path file : DirectoryContents.cycles(directory)) {
            if (CycleRoll.cycleOf(file) >= stop.cycle() && validFollows(file)) {
                return true;
            }
        }
        return false;
    }

    private boolean validFollows(final Path file) {
        final CommitView any = new CommitView(manifest.journalId());
        try (CycleScanner scanner = new CycleScanner(file, any, maxCommitBytes)) {
            if (CycleRoll.cycleOf(file) == stop.cycle()) {
                scanner.skipTo(stop.offset());
            }
            return scanner.validFollows(manifest.journalId(), commit.expectedFirst());
        }
    }

    Stop stop() {
        return stop;
    }

    /** The cycles that hold something, the one with the stop last. */
    List<Cycle> cycles() {
        return cycles;
    }

    /** The newest cycle, null when there is none. */
    Cycle last() {
        return cycles.isEmpty() ? null : cycles.get(cycles.size() - 1);
    }

    /** Newest files that were never written to. */
    List<Path> blankFiles() {
        return blankFiles;
    }

    /** Forgets a newest cycle without commits, whose file was taken away. */
    void forgetEmptyCycle() {
        final Cycle last = last();
        if (last != null && last.commits() == 0) {
            cycles.remove(last);
        }
    }

    /** The newest cycle was written anew, up to its last commit: it is open now, whatever it was. */
    void reopenLast() {
        final Cycle old = cycles.remove(cycles.size() - 1);
        cycles.add(new Cycle(
                old.number(),
                old.file(),
                old.firstSequence(),
                old.lastSequence(),
                old.closingChain(),
                old.commits(),
                old.commitBytes(),
                old.firstTimestampNs(),
                old.endOffset(),
                old.endOffset(),
                false));
    }

    /** Whether the pass ended at a good commit of another journal. */
    boolean foreign() {
        return commit.isForeign();
    }

    /** Whether the commit that the watermark names was met as it says. */
    boolean watermarkMet() {
        return watermarkMet;
    }

    /** What is wrong with Chronicle's index pages, null when nothing is. */
    JournalCorruptException indexDamage() {
        return indexDamage;
    }

    /** Whether there are only zeros behind the stop in its file. */
    boolean isZeroBehind() {
        if (stop.cycle() < 0) {
            return true;
        }
        final CommitView any = new CommitView(manifest.journalId());
        try (CycleScanner scanner = new CycleScanner(stop.file(), any, maxCommitBytes)) {
            return scanner.isZeroFrom(last().closed() ? scanner.behindEnd(stop.offset()) : stop.offset());
        }
    }

    /**
     * Whether the file goes on behind the stop, as it does while a journal is in use: the writer has space ahead of it. A
     * file that was cut off, or copied in part, ends at the stop. One whose cycle is closed may end there, too; and one
     * that was made while the directory was copied may not be there at all.
     */
    boolean hasSpaceBehind() {
        final Cycle last = last();
        if (stop.cycle() < 0
                || last != null
                        && last.closed()
                        && last.number() == stop.cycle()
                        && last.stopOffset() == stop.offset()) {
            return true;
        }
        try {
            return !Files.exists(stop.file()) || Files.size(stop.file()) - stop.offset() >= CycleSpace.MIN_BEHIND_BYTES;
        } catch (final IOException e) {
            throw new JournalException("cycle file must be readable: " + stop.file(), e);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    long nextSequence() {
        return commit.expectedFirst();
    }

    long nextChain() {
        return commit.expectedChain();
    }
}
