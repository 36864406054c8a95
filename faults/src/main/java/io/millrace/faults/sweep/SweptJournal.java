package io.millrace.faults.sweep;

import io.millrace.faults.images.Contents;
import io.millrace.faults.images.SmallWriter;
import io.millrace.faults.kill.Recovery;
import io.millrace.faults.kill.Verdict;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A small journal of two cycles whose files can be harmed in place and put back. Its cycle files are cut short behind what
 * was written, so that every byte of them can have its turn.
 */
final class SweptJournal {
    private static final int COMMITS = 10;
    private static final int TAIL_BYTES = 512;
    private static final long NOW_NS = TimeUnit.DAYS.toNanos(20_000);

    private final Path directory;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Contents whole = new Contents();

    /** Writes it; closed, or as a process leaves it that was killed. */
    SweptJournal(final Path scratch, final boolean closed, final long seed) throws IOException {
        final Path written = scratch.resolve("written");
        directory = scratch.resolve("swept");
        final Journal journal = Journal.open(config(written), event -> {});
        try {
            final SmallWriter writer = new SmallWriter(journal, new SplittableRandom(seed));
            for (int i = 0; i < COMMITS; i++) {
                writer.commit(50);
            }
            journal.force();
            if (!closed) {
                copy(written);
            }
        } finally {
            journal.close();
        }
        if (closed) {
            copy(written);
        }
        Recovery.deleteTree(written);
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        restore();
        keepLock();
        Journal.open(config(directory), whole).close();
        restore();
    }

    static JournalConfig config(final Path place) {
        // The first cycle is full after a few commits.
        return SmallWriter.config(place).clock(() -> NOW_NS).rollBytes(66_300);
    }

    private void copy(final Path from) throws IOException {
        try (Stream<Path> list = Files.list(from)) {
            for (final Path file : list.toList()) {
                final String name = file.getFileName().toString();
                if (!name.equals("reserve") && !name.equals("metadata.cq4t")) {
                    files.put(name, name.endsWith(".cq4") ? shortened(file) : Files.readAllBytes(file));
                }
            }
        }
    }

    private static byte[] shortened(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, Math.min(bytes.length, end + TAIL_BYTES));
    }

    /** The lock file must be the very one that its text names, or the directory counts as a copy. */
    private void keepLock() throws IOException {
        final String text = new String(files.get("lock"), StandardCharsets.ISO_8859_1);
        final Object inode = Files.getAttribute(directory.resolve("lock"), "unix:ino");
        files.put("lock", text.replaceAll("inode=\\d+", "inode=" + inode).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Names of the files, sorted. */
    List<String> names() {
        return new ArrayList<>(files.keySet());
    }

    byte[] bytes(final String name) {
        return files.get(name);
    }

    Path path(final String name) {
        return directory.resolve(name);
    }

    Path directory() {
        return directory;
    }

    /** All files as they were, and no others. */
    void restore() throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            for (final Path file : list.toList()) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Recovery.deleteTree(file);
                } else if (!files.containsKey(file.getFileName().toString())
                        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(file);
                }
            }
        }
        for (final Map.Entry<String, byte[]> file : files.entrySet()) {
            write(file.getKey(), file.getValue());
        }
    }

    /** In place: the inode stays. */
    void write(final String name, final byte[] bytes) throws IOException {
        final Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
            target.setLength(bytes.length);
            target.write(bytes);
        }
    }

    void writeAt(final String name, final long offset, final byte... bytes) throws IOException {
        try (RandomAccessFile target = new RandomAccessFile(path(name).toFile(), "rw")) {
            target.seek(offset);
            target.write(bytes);
        }
    }

    /**
     * Opens what is there now. Well is: a typed refusal, or the very contents and then a commit that is there afterwards,
     * or whose append is refused by a typed error.
     *
     * @return null if nothing was changed by it, so that only the harm needs undoing
     */
    Verdict open(final String harm) {
        final Contents found = new Contents();
        try {
            try (Journal journal = Journal.open(config(directory), found)) {
                if (!found.same(whole)) {
                    return new Verdict(
                            Verdict.Kind.SILENT,
                            harm + ": opened with " + found.size() + " commands of " + whole.size());
                }
                new SmallWriter(journal, new SplittableRandom(1)).commit(8);
            }
            final Contents again = new Contents();
            Journal.open(config(directory), again).close();
            return whole.isStartOf(again)
                    ? new Verdict(Verdict.Kind.RECOVERED, "")
                    : new Verdict(Verdict.Kind.SILENT, harm + ": what was appended behind it is not there");
        } catch (final JournalException e) {
            return found.size() > 0 && !found.isStartOf(whole) && !found.same(whole)
                    ? new Verdict(Verdict.Kind.SILENT, harm + ": other contents were handed out before the refusal")
                    : null;
        } catch (final RuntimeException | Error e) {
            return new Verdict(Verdict.Kind.SILENT, harm + ": an untyped error: " + e);
        }
    }
}
