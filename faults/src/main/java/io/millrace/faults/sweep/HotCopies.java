package io.millrace.faults.sweep;

import io.millrace.faults.images.Contents;
import io.millrace.faults.images.SmallWriter;
import io.millrace.faults.kill.Recovery;
import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Verdict;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.RecoveryReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Copies of a directory that is being written, made as {@code cp} makes them: the directory is listed, then one file after
 * the other is read, in an order that nobody knows. Each must open to whole commits from the start, and say that it is a
 * copy.
 */
final class HotCopies {
    private static final int COPIES = 20;
    private static final int CHUNK_BYTES = 128 << 10;
    private static final int COMMITS_PER_FORCE = 3;
    private static final int MAX_EVENT_SHIFT = 11;
    private static final int START_EVENTS = 100;

    /** So that a copy that takes long does not fill the disk. */
    private static final int MAX_COMMITS = 5000;

    private static final int ROLL_BYTES = 400_000;

    private final Path live;
    private final Path copy;
    private final Random random;
    private final RoundSink sink;
    private final int number;
    private volatile boolean done;
    private volatile RuntimeException failure;

    HotCopies(final Path directory, final long seed, final RoundSink sink, final int number) {
        live = directory.resolve("live");
        copy = directory.resolve("copy");
        random = new Random(seed);
        this.sink = sink;
        this.number = number;
    }

    boolean run() throws IOException, InterruptedException {
        boolean good = true;
        for (int i = 0; i < COPIES && good; i++) {
            Recovery.deleteTree(live);
            try (Journal journal = Journal.open(SmallWriter.config(live).rollBytes(ROLL_BYTES), event -> {})) {
                copyWhileWriting(journal);
                good = check(journal, i);
            }
        }
        Recovery.deleteTree(live);
        return good;
    }

    private void copyWhileWriting(final Journal journal) throws IOException, InterruptedException {
        final SplittableRandom drawn = new SplittableRandom(random.nextLong());
        final long start = 1 + random.nextInt(START_EVENTS);
        done = false;
        final Thread writer = new Thread(() -> write(journal, drawn), "millrace-faults-hot");
        writer.start();
        try {
            while (journal.journaledSequence() < start && failure == null) {
                Thread.onSpinWait();
            }
            copy();
        } finally {
            done = true;
            writer.join();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void write(final Journal journal, final SplittableRandom drawn) {
        final SmallWriter writer = new SmallWriter(journal, drawn);
        final int maxEventBytes = 1 << 4 + drawn.nextInt(MAX_EVENT_SHIFT);
        try {
            for (int i = 1; !done && i < MAX_COMMITS; i++) {
                writer.commit(maxEventBytes);
                if (drawn.nextInt(COMMITS_PER_FORCE) == 0) {
                    journal.force();
                }
            }
        } catch (final RuntimeException e) {
            failure = e;
        }
    }

    private void copy() throws IOException {
        Recovery.deleteTree(copy);
        Files.createDirectory(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final List<Path> files = new ArrayList<>();
        try (Stream<Path> list = Files.list(live)) {
            list.forEach(files::add);
        }
        Collections.shuffle(files, random);
        for (final Path file : files) {
            copy(file, copy.resolve(file.getFileName()));
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        final byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(from)) {
            Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream out = Files.newOutputStream(to)) {
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    out.write(chunk, 0, read);
                }
            }
        } catch (final NoSuchFileException e) {
            return; // the reserve became a cycle, or the manifest was replaced; cp says so and goes on
        }
    }

    private boolean check(final Journal journal, final int index) {
        final Contents found = new Contents();
        Verdict verdict;
        try {
            try (Journal opened = Journal.open(SmallWriter.config(copy), found)) {
                final Contents all = Contents.of(journal);
                verdict = found.isPrefixOf(all)
                                && !found.hasGap()
                                && opened.recovery().left() == RecoveryReport.Left.COPIED
                        ? Verdict.recovered()
                        : wrong(
                                Verdict.Kind.SILENT,
                                index,
                                found.size() + " of " + all.size() + ", " + opened.recovery());
            }
            final Contents again = new Contents();
            Journal.open(SmallWriter.config(copy), again).close();
            if (!again.same(found)) {
                verdict = wrong(Verdict.Kind.SILENT, index, "a second opening must find the same");
            }
        } catch (final JournalException e) {
            verdict = wrong(Verdict.Kind.REFUSED, index, e.toString());
        } catch (final RuntimeException | Error e) {
            verdict = wrong(Verdict.Kind.SILENT, index, "untyped: " + e);
        }
        sink.ran("hot copy of a live directory", verdict);
        return verdict.isGood();
    }

    private Verdict wrong(final Verdict.Kind kind, final int index, final String detail) {
        return new Verdict(kind, "task " + number + ", copy " + index + ": " + detail);
    }
}
