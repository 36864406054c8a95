package io.millrace.faults.images;

import io.millrace.faults.kill.Recovery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** A directory into which one image after the other is written; only pages that are not zero are. */
final class ImageDirectory {
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path path;
    private Snapshot written = new Snapshot();

    ImageDirectory(final Path path) throws IOException {
        this.path = path;
        Files.createDirectory(path, DIRECTORY);
    }

    Path path() {
        return path;
    }

    /** What was written since it was last empty; not what others have changed. */
    Snapshot written() {
        return written;
    }

    /** Makes room for the next image. */
    void empty() throws IOException {
        written = new Snapshot();
        try (Stream<Path> files = Files.list(path)) {
            for (final Path file : files.toList()) {
                if (Files.isDirectory(file)) {
                    Recovery.deleteTree(file);
                } else {
                    Files.delete(file);
                }
            }
        }
    }

    void directory(final String name) throws IOException {
        if (!Files.exists(path.resolve(name))) {
            Files.createDirectory(path.resolve(name), DIRECTORY);
        }
    }

    /** Of that length, with those pages as far as they fit; a page that is null is zero. */
    void write(final String name, final long length, final byte[][] pages) throws IOException {
        written.put(name, length, pages);
        try (FileChannel file = FileChannel.open(path.resolve(name), NEW, FILE)) {
            for (int page = 0; page < pages.length; page++) {
                final long offset = (long) page * Snapshot.PAGE_BYTES;
                if (pages[page] != null && offset < length) {
                    final int bytes = (int) Math.min(Snapshot.PAGE_BYTES, length - offset);
                    file.write(ByteBuffer.wrap(pages[page], 0, bytes), offset);
                }
            }
            if (file.size() < length) {
                file.write(ByteBuffer.allocate(1), length - 1);
            }
        }
    }

    void write(final String name, final byte[] bytes) throws IOException {
        write(name, bytes.length, Snapshot.pages(bytes));
    }

    /** As it was. */
    void copy(final String name, final Snapshot from) throws IOException {
        write(name, from.length(name), from.pages(name));
    }

    /** The holder's, of another boot or this one, and of this very file: so it is no copy. */
    void lock(final String holder, final boolean otherBoot) throws IOException {
        write("lock", new byte[0]);
        final Path file = path.resolve("lock");
        String text = holder.replaceAll("inode=\\d+", "inode=" + Files.getAttribute(file, "unix:ino"));
        if (otherBoot) {
            text = text.replaceAll("bootId=........", "bootId=00000000");
        }
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        written.put("lock", bytes.length, Snapshot.pages(bytes));
        Files.write(file, bytes);
    }
}
