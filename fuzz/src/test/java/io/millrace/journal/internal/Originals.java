package io.millrace.journal.internal;

import io.millrace.journal.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a journal as they were written, in memory, and what a reader of them is told. */
final class Originals {
    /** A file: its bytes up to the last one that is not zero, and its length. */
    record File(String name, byte[] bytes, long length) {}

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final List<File> files = new ArrayList<>();
    private final List<String> lines;

    private Originals(final Path directory, final List<String> lines) throws IOException {
        this.lines = lines;
        try (Stream<Path> paths = Files.list(directory)) {
            for (final Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                final byte[] all = Files.readAllBytes(path);
                int used = all.length;
                while (used > 0 && all[used - 1] == 0) {
                    used--;
                }
                files.add(new File(path.getFileName().toString(), Arrays.copyOf(all, used), all.length));
            }
        }
    }

    static Originals ofSmallJournal(final Path directory) throws IOException {
        SmallJournal.write(directory);
        final SmallJournal.Lines read = new SmallJournal.Lines();
        Journal.open(SmallJournal.config(directory), read).close();
        return new Originals(directory, read.all());
    }

    /** In memory if there is such a place: a force costs nothing there. */
    static Path scratch() {
        return Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Lays the files down in a directory, in place of whatever it holds. */
    void copyTo(final Path directory) throws IOException {
        deleteAll(directory);
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (final File file : files) {
            write(directory.resolve(file.name), file.bytes, file.length);
        }
    }

    static void write(final Path path, final byte[] bytes, final long length) throws IOException {
        Files.deleteIfExists(path);
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(path, bytes);
        if (length > bytes.length) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1), length - 1);
            }
        }
    }

    static void deleteAll(final Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    List<File> files() {
        return files;
    }

    List<String> lines() {
        return lines;
    }
}
