package io.millrace.tools;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Durability;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** A small journal on real files, written command by command, and ways to copy and to damage its directory. */
final class SampleJournal implements AutoCloseable {
    private static final int BLOCK_SIZE_BYTES = 1 << 20;
    private static final int MAX_COMMIT_BYTES = BLOCK_SIZE_BYTES / 4;
    private static final int LOCK_TEXT_BYTES = 512;

    private final Path directory;
    private final Journal journal;
    private final CommandEncoder encoder;
    private final UnsafeBuffer records = new UnsafeBuffer(new byte[MAX_COMMIT_BYTES]);
    private int events;

    private SampleJournal(final Path directory, final long rollBytes) {
        this.directory = directory;
        journal = Journal.open(
                JournalConfig.at(directory)
                        .blockSizeBytes(BLOCK_SIZE_BYTES)
                        .maxCommitBytes(MAX_COMMIT_BYTES)
                        .reserveBytes(2 * MAX_COMMIT_BYTES)
                        .rollBytes(rollBytes),
                event -> {});
        encoder = journal.commandEncoder();
    }

    static SampleJournal open(final Path directory) {
        return new SampleJournal(directory, JournalConfig.DEFAULT_ROLL_BYTES);
    }

    static SampleJournal open(final Path directory, final long rollBytes) {
        return new SampleJournal(directory, rollBytes);
    }

    Journal journal() {
        return journal;
    }

    SampleJournal event(final int typeId, final long streamId, final byte[] payload) {
        if (events++ == 0) {
            encoder.begin(records, 0, MAX_COMMIT_BYTES - JournalFormat.COMMIT_HEADER_LENGTH);
        }
        encoder.buffer().putBytes(encoder.claimEvent(typeId, 1, streamId, payload.length), payload);
        return this;
    }

    SampleJournal event(final long streamId, final String payload) {
        return event(1, streamId, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the command, in a commit of its own. */
    SampleJournal accept(final long clientId, final long requestId) {
        return end(clientId, requestId, true, 0);
    }

    SampleJournal reject(final long clientId, final long requestId, final int code, final String reason) {
        encoder.begin(records, 0, MAX_COMMIT_BYTES - JournalFormat.COMMIT_HEADER_LENGTH);
        final byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        encoder.result(new UnsafeBuffer(bytes), 0, bytes.length);
        return end(clientId, requestId, false, code);
    }

    private SampleJournal end(final long clientId, final long requestId, final boolean accepted, final int code) {
        final long nowNs = journal.nowNs();
        final int length = encoder.end(clientId, requestId, accepted, code, Durability.JOURNALED, 0);
        journal.append(records, 0, length, 1, events, nowNs);
        events = 0;
        return this;
    }

    /**
     * A copy as the machine would leave the journal if it went down now: nobody has it open, and another kernel runs.
     * What was journaled last is not forced yet.
     */
    void copyAsIfTheMachineWentDown(final Path to) throws IOException {
        copy(directory, to);
        final Path lock = to.resolve("lock");
        final String text = "pid=1\nstartTime=none\nbootId=none\ninode=" + Files.getAttribute(lock, "unix:ino") + '\n';
        Files.writeString(lock, text + " ".repeat(LOCK_TEXT_BYTES - text.length()));
    }

    static void copy(final Path from, final Path to) throws IOException {
        Files.createDirectories(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                // Not the lock file of a journal that this process has open: reading it would release the lock.
                final Path copy = to.resolve(file.getFileName());
                if (file.endsWith("lock")) {
                    Files.createFile(
                            copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    static List<Path> cycles(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }

    /** Changes one bit of the first place where a text stands in a file. */
    static void damage(final Path path, final String text) throws IOException {
        final String content = Files.readString(path, StandardCharsets.ISO_8859_1);
        final int offset = content.indexOf(text);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            file.write(content.charAt(offset) ^ 1);
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
