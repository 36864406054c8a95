package io.millrace.faults.sweep;

import io.millrace.faults.images.Contents;
import io.millrace.faults.images.SmallWriter;
import io.millrace.faults.kill.LockText;
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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A small journal of two cycles whose files can be harmed in place and put back. */
final class SweptJournal {
    /** How much space a cycle file has behind its end. */
    static final int SPACE_BYTES = 64 << 10;

    private static final String CYCLE_SUFFIX = ".cq4";
    private static final long MAX_FILE_BYTES = 16 << 20;
    private static final int COMMITS = 10;
    private static final int UNFORCED_COMMITS = 2;
    private static final int OLDER_COMMITS = 7;
    private static final int EVENT_BYTES = 50;
    private static final int APPENDED_EVENT_BYTES = 300;

    private static final int FIRST_CYCLE_COMMITS = 4;
    private static final long FIRST_DAY_NS = TimeUnit.DAYS.toNanos(20_000);
    private static final long NEXT_DAY_NS = TimeUnit.DAYS.toNanos(20_001);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PRIVATE);
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** How it was left. */
    enum State {
        /** Closed. */
        CLOSED,
        /** By a process that was killed. */
        KILLED,
        /** By a machine that went down, with all pages on the device. */
        DOWN
    }

    /** What came of an opening. */
    enum Answer {
        /** A typed error. */
        REFUSED,
        /** It holds what it must, and works. */
        OPENED,
        /** It holds what it must, and what came then was refused by a typed error. */
        READ,
        /** Anything else. */
        WRONG
    }

    private final Path directory;
    private final State state;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, byte[]> older = new TreeMap<>();
    private final Contents whole = new Contents();
    private final Contents least = new Contents();
    private boolean allowsLoosePermissions;
    private long nowNs = FIRST_DAY_NS;
    private Verdict wrong;

    /** Writes it. */
    SweptJournal(final Path scratch, final State state, final long seed) throws IOException {
        final Path written = scratch.resolve("written");
        this.state = state;
        directory = scratch.resolve("swept");
        Files.createDirectory(directory, DIRECTORY_MODE);
        final Journal journal = Journal.open(config(written), event -> {});
        try {
            write(journal, written, new SplittableRandom(seed));
        } finally {
            journal.close();
        }
        if (state == State.CLOSED) {
            copy(written, files);
        }
        Recovery.deleteTree(written);
        restore();
        Journal.open(config(directory), whole).close();
        restore();
    }

    private void write(final Journal journal, final Path written, final SplittableRandom random) throws IOException {
        final SmallWriter writer = new SmallWriter(journal, random);
        for (int i = 0; i < COMMITS; i++) {
            nowNs = i < FIRST_CYCLE_COMMITS ? FIRST_DAY_NS : NEXT_DAY_NS;
            writer.commit(EVENT_BYTES);
            if (i == OLDER_COMMITS) {
                journal.force();
                copy(written, older);
            }
        }
        journal.force();
        for (int i = 0; i < UNFORCED_COMMITS; i++) {
            if (i == 0) {
                least.addAllOf(journal);
            }
            writer.commit(EVENT_BYTES);
        }
        if (state != State.CLOSED) {
            copy(written, files);
        }
    }

    private JournalConfig config(final Path place) {
        return SmallWriter.config(place).clock(() -> nowNs).allowLoosePermissions(allowsLoosePermissions);
    }

    private static void copy(final Path from, final Map<String, byte[]> to) throws IOException {
        try (Stream<Path> list = Files.list(from)) {
            for (final Path file : list.toList()) {
                final String name = file.getFileName().toString();
                if (!name.equals("reserve") && !name.equals("metadata.cq4t")) {
                    final byte[] bytes = Files.readAllBytes(file);
                    to.put(name, name.endsWith(CYCLE_SUFFIX) ? shortened(bytes) : bytes);
                }
            }
        }
    }

    /** The space that was allocated ahead may end anywhere, and it takes long to read it again and again. */
    private static byte[] shortened(final byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, end(bytes) + SPACE_BYTES));
    }

    private static int end(final byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** Names of the files, sorted. */
    List<String> names() {
        return new ArrayList<>(files.keySet());
    }

    /** Names of the cycle files, oldest first. */
    List<String> cycles() {
        return names().stream().filter(name -> name.endsWith(CYCLE_SUFFIX)).toList();
    }

    byte[] bytes(final String name) {
        return files.get(name);
    }

    /** The file as it was some commits before, null when it was not there. */
    byte[] older(final String name) {
        return older.get(name);
    }

    Path path(final String name) {
        return directory.resolve(name);
    }

    Path directory() {
        return directory;
    }

    /** Offset behind the last byte of a file that is not zero. */
    int end(final String name) {
        return end(files.get(name));
    }

    /** From now on. */
    void allowLoosePermissions(final boolean allow) {
        allowsLoosePermissions = allow;
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
        keepLock();
        for (final Map.Entry<String, byte[]> file : files.entrySet()) {
            write(file.getKey(), file.getValue());
            Files.setPosixFilePermissions(path(file.getKey()), PRIVATE);
        }
    }

    /** The lock file must be the very one that its text names, or the directory counts as a copy. */
    private void keepLock() throws IOException {
        final Path file = path("lock");
        if (!Files.exists(file)) {
            Files.createFile(file, FILE_MODE);
        }
        write("lock", files.get("lock"));
        if (state == State.DOWN) {
            LockText.anotherBoot(directory);
        }
        LockText.adopt(directory);
        files.put("lock", Files.readAllBytes(file));
    }

    /** In place: the inode stays. */
    void write(final String name, final byte[] bytes) throws IOException {
        final Path file = path(name);
        if (!Files.exists(file)) {
            Files.createFile(file, FILE_MODE);
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
     * Opens what is there now. Well is: a typed refusal, or the very contents; of a machine that went down, at least what
     * was forced. If it is to be used, a commit is appended, and must be there afterwards, or be refused by a typed error.
     */
    Answer open(final boolean use) {
        final long startNs = System.nanoTime();
        final Answer answer = openAnyhow(use);
        if (System.nanoTime() - startNs > LIMIT_NS) {
            return wrong(Verdict.Kind.HUNG, "must be done in 10 s");
        }
        return answer;
    }

    private Answer openAnyhow(final boolean use) {
        final Contents found = new Contents();
        boolean opened = false;
        try {
            try (Journal journal = Journal.open(config(directory), found)) {
                opened = true;
                if (!found.isPrefixOf(whole) || found.size() < least().size() || found.hasGap()) {
                    return wrong(
                            found.size() < least().size() ? Verdict.Kind.LOST : Verdict.Kind.SILENT,
                            "opened with " + found.size() + " commands of " + whole.size());
                }
                if (use) {
                    new SmallWriter(journal, new SplittableRandom(1)).commit(APPENDED_EVENT_BYTES);
                }
            }
            final Answer grown = grown();
            if (grown != null) {
                return grown;
            }
            return use ? reopen(found) : Answer.OPENED;
        } catch (final JournalException e) {
            if (opened) {
                return Answer.READ;
            }
            return found.size() == 0 || found.isStartOf(whole) || found.same(whole)
                    ? Answer.REFUSED
                    : wrong(Verdict.Kind.SILENT, "other contents were handed out before the refusal: " + e);
        } catch (final RuntimeException | Error e) {
            return wrong(Verdict.Kind.SILENT, "an untyped error: " + e);
        }
    }

    /** What is wrong if a file was made as long as a damaged number says; else null. */
    private Answer grown() {
        for (final String name : cycles()) {
            final long length = path(name).toFile().length();
            if (length > MAX_FILE_BYTES) {
                return wrong(Verdict.Kind.SILENT, "opened, and " + name + " was made " + length + " bytes long");
            }
        }
        return null;
    }

    private Answer reopen(final Contents first) {
        final Contents again = new Contents();
        Journal.open(config(directory), again).close();
        return first.isStartOf(again)
                ? Answer.OPENED
                : wrong(Verdict.Kind.SILENT, "what was appended behind it is not there");
    }

    /** Everything, if nothing can have been lost. */
    private Contents least() {
        return state == State.DOWN ? least : whole;
    }

    private Answer wrong(final Verdict.Kind kind, final String detail) {
        wrong = new Verdict(kind, detail);
        return Answer.WRONG;
    }

    /** What an answer means. */
    Verdict verdict(final Answer answer, final String harm) {
        return answer == Answer.WRONG ? new Verdict(wrong.kind(), harm + ": " + wrong.detail()) : Verdict.recovered();
    }

    /** Whether the journal holds some commits from the start, and less than all. */
    boolean isEarlier(final Contents found) {
        return found.isStartOf(whole);
    }

    /** Puts all files back to how they were some commits before. */
    void revert() throws IOException {
        for (final String name : cycles()) {
            if (older.get(name) == null) {
                Files.delete(path(name));
            } else {
                write(name, older.get(name));
            }
        }
        write("manifest", older.get("manifest"));
        write("watermark", older.get("watermark"));
    }

    static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A part of a file. */
    byte[] part(final String name, final int from, final int length) {
        return Arrays.copyOfRange(files.get(name), from, from + length);
    }
}
