package io.millrace.journal;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Copies journal directories and changes bytes in them. The copies must not be open. */
final class DamagedDirectory {
    /** Chronicle's header word before each excerpt. */
    static final int EXCERPT_HEADER_LENGTH = 4;

    private DamagedDirectory() {}

    /** Where one commit lies, Chronicle's header word not included. */
    record Region(int offset, int length) {}

    /** Copies everything but the lock, to a directory that may exist. */
    static void copy(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : files.toList()) {
                if (!file.getFileName().toString().equals("lock")) {
                    Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
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

    /** The commits in a cycle file, found by their magic. */
    static List<Region> commits(final Path cycle) throws IOException {
        final byte[] bytes = Files.readAllBytes(cycle);
        final ByteBuffer words = ByteBuffer.wrap(bytes).order(JournalFormat.BYTE_ORDER);
        final List<Region> regions = new ArrayList<>();
        for (int offset = 0; offset < bytes.length - JournalFormat.COMMIT_HEADER_LENGTH; offset += 4) {
            if (words.getInt(offset) == JournalFormat.MAGIC) {
                final int length = words.getInt(offset + JournalFormat.COMMIT_LENGTH_OFFSET);
                regions.add(new Region(offset, length));
                offset += length - 4;
            }
        }
        return regions;
    }

    static byte[] read(final Path file, final long offset, final int length) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file, READ)) {
            channel.read(bytes, offset);
        }
        return bytes.array();
    }

    static void write(final Path file, final long offset, final byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    static void flip(final Path file, final long offset, final int mask) throws IOException {
        final byte[] bytes = read(file, offset, 1);
        bytes[0] ^= (byte) mask;
        write(file, offset, bytes);
    }

    static void zero(final Path file, final long offset, final int length) throws IOException {
        write(file, offset, new byte[length]);
    }

    static byte[] junk(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** An excerpt with its header word. */
    static byte[] excerpt(final Path file, final Region region) throws IOException {
        return read(file, region.offset - EXCERPT_HEADER_LENGTH, region.length + EXCERPT_HEADER_LENGTH);
    }

    static byte[] filled(final int length, final int value) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
