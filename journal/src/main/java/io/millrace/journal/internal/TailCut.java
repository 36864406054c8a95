package io.millrace.journal.internal;

import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.impl.single.InternalAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * Takes away what lies behind the last good commit, physically: Chronicle would append behind a hole, where nobody reads.
 * What is taken away is kept beside.
 *
 * <p>Can be interrupted anywhere and run again, because at every moment the directory holds the good prefix and at most
 * a bad rest: first the bad bytes are copied to {@code cut/} and forced, then cycle files behind the cut are moved there,
 * newest first, and last the file with the cut is replaced: its good commits are written to a new file in {@code rebuild/},
 * which is forced, checked, and renamed over it. The new file has Chronicle's index pages made anew, too: nothing
 * protects them, and they may be as torn as the rest.
 */
final class TailCut {
    private static final int COPY_BYTES = 1 << 20;
    private static final int SLACK_BYTES = 4096;

    private final Path directory;
    private final Manifest manifest;
    private final JournalScan scan;
    private final Path cutDirectory;
    private final String prefix;
    private final List<String> report = new ArrayList<>();
    private long cutBytes;

    private TailCut(final Path directory, final JournalScan scan) {
        this.directory = directory;
        this.scan = scan;
        manifest = scan.manifest();
        cutDirectory = directory.resolve(DirectoryContents.CUT_DIRECTORY);
        prefix = "epoch" + (manifest.epoch() + 1) + '-';
    }

    /** Returns how many bytes were taken away. */
    static long perform(final Path directory, final JournalScan scan, final JournalCorruptException reason) {
        final TailCut cut = new TailCut(directory, scan);
        try {
            cut.run(reason);
            return cut.cutBytes;
        } catch (final IOException e) {
            throw new JournalException(
                    "the journal's torn tail must be cut, try again: directory=" + directory + ": " + e.getMessage(),
                    e);
        }
    }

    private void run(final JournalCorruptException reason) throws IOException {
        discardRebuild(directory);
        if (!Files.exists(cutDirectory)) {
            PrivateFiles.createDirectory(cutDirectory);
            CycleFiles.forceDirectory(directory);
        }
        final JournalScan.Stop stop = scan.stop();
        report.add("cut at " + Instant.now() + " behind sequence " + (scan.nextSequence() - 1));
        report.add("reason: " + (reason == null ? "the machine went down with this unforced" : reason.getMessage()));
        final JournalScan.Cycle last = scan.last();
        final boolean keepsFile = last != null && last.number() == stop.cycle() && last.commits() > 0;
        if (keepsFile) {
            keepBytes(stop);
        }
        moveFilesFrom(keepsFile ? stop.cycle() + 1 : stop.cycle());
        writeReport();
        if (keepsFile) {
            rebuild(last);
            scan.reopenLast();
        } else if (last != null && last.number() == stop.cycle()) {
            scan.forgetEmptyCycle();
        }
    }

    /** Leftovers of a rebuild that was interrupted. */
    static void discardRebuild(final Path directory) throws IOException {
        final Path rebuild = directory.resolve(DirectoryContents.REBUILD_DIRECTORY);
        if (Files.exists(rebuild)) {
            try (Stream<Path> files = Files.list(rebuild)) {
                for (final Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(rebuild);
        }
    }

    /** Copies the bytes from the stop to the last one that is not zero. */
    private void keepBytes(final JournalScan.Stop stop) throws IOException {
        final Path kept =
                cutDirectory.resolve(prefix + stop.file().getFileName() + "-from-" + stop.offset() + ".bytes");
        long length = 0;
        try (FileChannel from = FileChannel.open(stop.file());
                FileChannel to = FileChannel.open(
                        kept,
                        PrivateFiles.options(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE),
                        PrivateFiles.MODE)) {
            final ByteBuffer bytes = ByteBuffer.allocate(COPY_BYTES);
            long position = 0;
            while (from.read(bytes.clear(), stop.offset() + position) > 0) {
                final int read = bytes.position();
                final int used = withoutZeros(bytes.array(), read);
                if (used > 0) {
                    to.write(bytes.position(0).limit(used), position);
                    length = position + used;
                }
                position += read;
            }
            to.force(true);
        }
        cutBytes += length;
        if (length == 0) {
            Files.delete(kept);
        } else {
            report.add(length + " bytes from offset " + stop.offset() + " of "
                    + stop.file().getFileName() + " are in " + kept.getFileName());
        }
        CycleFiles.forceDirectory(cutDirectory);
    }

    private static int withoutZeros(final byte[] bytes, final int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private void moveFilesFrom(final int cycle) throws IOException {
        final List<Path> files = DirectoryContents.cycles(directory);
        for (int i = files.size() - 1; i >= 0 && CycleRoll.cycleOf(files.get(i)) >= cycle; i--) {
            final Path file = files.get(i);
            final Path kept = cutDirectory.resolve(prefix + file.getFileName());
            cutBytes += Files.size(file);
            Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            CycleFiles.forceDirectory(directory);
            CycleFiles.forceDirectory(cutDirectory);
            report.add("file " + file.getFileName() + " is now " + kept.getFileName());
        }
    }

    private void writeReport() throws IOException {
        final Path file = cutDirectory.resolve(prefix + "report.txt");
        try (FileChannel channel = FileChannel.open(
                file,
                PrivateFiles.options(StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE),
                PrivateFiles.MODE)) {
            channel.write(ByteBuffer.wrap((String.join("\n", report) + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        CycleFiles.forceDirectory(cutDirectory);
    }

    private void rebuild(final JournalScan.Cycle cycle) throws IOException {
        final Path rebuild = directory.resolve(DirectoryContents.REBUILD_DIRECTORY);
        PrivateFiles.createDirectory(rebuild);
        final Path rebuilt = rebuild.resolve(cycle.file().getFileName());
        writeCommits(cycle, rebuild, rebuilt);
        checkRebuilt(cycle, rebuilt);
        CycleFiles.forceFile(rebuilt);
        Files.move(rebuilt, cycle.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        CycleFiles.forceDirectory(directory);
        discardRebuild(directory);
    }

    private void writeCommits(final JournalScan.Cycle cycle, final Path rebuild, final Path rebuilt)
            throws IOException {
        final CommitView commit = expecting(cycle);
        final PointerBytesStore bytes = BytesStore.nativePointer();
        try (SingleChronicleQueue queue =
                        Queues.open(rebuild, manifest.blockSizeBytes(), () -> CycleRoll.toMillis(cycle.number()));
                InternalAppender appender = (InternalAppender) queue.createAppender();
                CycleScanner scanner = new CycleScanner(cycle.file(), commit, manifest.blockSizeBytes() / 4)) {
            // Not before there is an appender, which would wait for a file without a header.
            Files.createFile(rebuilt, PrivateFiles.MODE);
            Allocation.allocate(rebuilt, 0, cycle.endOffset() + CycleRoll.INDEX_PAGE_BYTES + SLACK_BYTES);
            while (scanner.commits() < cycle.commits() && scanner.next() == CycleScanner.Step.COMMIT) {
                bytes.set(commit.address(), commit.length());
                appender.writeBytes(CycleRoll.NUMBERED.toIndex(cycle.number(), scanner.commits() - 1), bytes);
            }
        }
    }

    /** The journal's first commit of a cycle follows from what lies before it, which was found good. */
    private CommitView expecting(final JournalScan.Cycle cycle) {
        final List<JournalScan.Cycle> cycles = scan.cycles();
        final CommitView commit = new CommitView(manifest.journalId());
        commit.expect(
                cycle.firstSequence(),
                cycles.size() == 1
                        ? manifest.firstChain()
                        : cycles.get(cycles.size() - 2).closingChain());
        return commit;
    }

    /** Watermark and manifest go by these. */
    private void checkRebuilt(final JournalScan.Cycle cycle, final Path rebuilt) {
        final CommitView commit = expecting(cycle);
        try (CycleScanner scanner = new CycleScanner(rebuilt, commit, manifest.blockSizeBytes() / 4)) {
            CycleScanner.Step step = scanner.next();
            long endOffset = 0;
            while (step == CycleScanner.Step.COMMIT) {
                endOffset = scanner.offset();
                step = scanner.next();
            }
            if (step != CycleScanner.Step.END
                    || commit.expectedChain() != cycle.closingChain()
                    || endOffset != cycle.endOffset()
                    || scanner.checkIndex() != null) {
                throw new JournalException("the rebuilt cycle must be the old one up to the cut: file=" + rebuilt
                        + ", step=" + step + ", end=" + endOffset + ", expected " + cycle.endOffset() + ", index="
                        + scanner.checkIndex());
            }
        }
    }
}
