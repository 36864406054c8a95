package io.millrace.faults.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the harness does to journal directories: copies them, mixes them, and writes their locks anew. */
public final class JournalDirectory {
    static final int PAGE_BYTES = 4096;
    private static final int NEWEST_CYCLES = 2;
    private static final int SECTOR_BYTES = 512;
    private static final String LOCK = "lock";
    private static final String MANIFEST = "manifest";
    private static final String WATERMARK = "watermark";
    private static final Pattern INODE = Pattern.compile("inode=\\d+");
    private static final Pattern BOOT_ID = Pattern.compile("bootId=[0-9a-f]{8}");
    private static final byte[] ZEROES = new byte[PAGE_BYTES];

    private JournalDirectory() {}

    /**
     * Copies all files; pages of zeroes become holes. Cycles that ended long ago are linked: nobody writes to them, and
     * what replaces one has another name first.
     */
    public static void copy(final Path from, final Path to) {
        try {
            create(to);
            final List<Path> files = files(from);
            final Set<Path> ended = ended(files);
            for (final Path file : files) {
                final Path copy = to.resolve(file.getFileName());
                if (ended.contains(file)) {
                    Files.createLink(copy, file);
                } else {
                    write(copy, read(file));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Path> ended(final List<Path> files) {
        final List<Path> cycles =
                files.stream().filter(JournalDirectory::isCycle).toList();
        return Set.copyOf(cycles.subList(0, Math.max(0, cycles.size() - NEWEST_CYCLES)));
    }

    private static boolean isCycle(final Path file) {
        return file.toString().endsWith(".cq4");
    }

    private static void create(final Path directory) throws IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    static List<Path> files(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    public static List<Path> cycles(final Path directory) {
        try {
            return files(directory).stream().filter(JournalDirectory::isCycle).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The watermark as it is in the page cache. */
    static byte[] watermark(final Path directory) {
        try {
            return read(directory.resolve(WATERMARK));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(final Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (final NoSuchFileException e) {
            return new byte[0]; // renamed since it was listed
        }
    }

    private static void write(final Path file, final byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            if (bytes.length == 0) {
                return;
            }
            channel.write(ByteBuffer.wrap(bytes, bytes.length - 1, 1), bytes.length - 1);
            int start = 0;
            while (start < bytes.length) {
                final int end = endOfRun(bytes, start);
                if (end > start) {
                    channel.write(ByteBuffer.wrap(bytes, start, end - start), start);
                }
                start = Math.max(end, start + PAGE_BYTES);
            }
        }
    }

    /** End of the pages from there on that hold something. */
    private static int endOfRun(final byte[] bytes, final int start) {
        int end = start;
        while (end < bytes.length) {
            final int next = Math.min(end + PAGE_BYTES, bytes.length);
            if (Arrays.equals(bytes, end, next, ZEROES, 0, next - end)) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /** The lock file of a copy names itself, as that of a process that was killed would; the boot id stays. */
    public static void stampKilled(final Path directory) {
        stamp(directory, false);
    }

    /** The same after the machine went down. */
    static void stampPowerLost(final Path directory) {
        stamp(directory, true);
    }

    private static void stamp(final Path directory, final boolean otherBoot) {
        try {
            final Path lock = directory.resolve(LOCK);
            String text = Files.readString(lock, StandardCharsets.ISO_8859_1);
            text = INODE.matcher(text).replaceFirst("inode=" + Files.getAttribute(lock, "unix:ino"));
            if (otherBoot) {
                text = BOOT_ID.matcher(text).replaceFirst("bootId=00000000");
            }
            Files.writeString(lock, text, StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a device may hold when power is lost: all that was forced, and of what was written since any mix of pages, old
     * or new, now and then torn between two sectors. A new file may be there or not, a grown one be short or long.
     *
     * @param watermark that was surely forced; stored anew after each force, it is not forced itself each time
     * @param forced copy of the directory when all else of it had been forced
     * @param later copy of it when power was lost
     */
    static void mix(final byte[] watermark, final Path forced, final Path later, final Path to, final Random random) {
        try {
            create(to);
            final List<Path> files = files(later);
            final Set<Path> ended = ended(files(forced));
            for (final Path file : files) {
                final String name = file.getFileName().toString();
                final Path before = forced.resolve(name);
                final boolean isNew = !Files.exists(before);
                if (ended.contains(before)) {
                    Files.createLink(to.resolve(name), file);
                    continue;
                }
                final byte[] after = Files.readAllBytes(file);
                if (name.equals(MANIFEST) || name.equals(LOCK)) {
                    write(to.resolve(name), after); // replaced whole, and forced
                } else if (name.equals(WATERMARK)) {
                    write(to.resolve(name), mix(watermark, after, random));
                } else if (!isNew || random.nextBoolean()) {
                    write(to.resolve(name), mix(isNew ? new byte[0] : Files.readAllBytes(before), after, random));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] mix(final byte[] old, final byte[] later, final Random random) {
        final boolean grown = later.length > old.length;
        final byte[] mixed = Arrays.copyOf(old, grown && random.nextInt(4) == 0 ? old.length : later.length);
        final int keep = random.nextInt(4);
        for (int page = 0; page < mixed.length; page += PAGE_BYTES) {
            final int end = Math.min(page + PAGE_BYTES, mixed.length);
            if (Arrays.equals(mixed, page, end, later, page, end)) {
                continue;
            }
            switch (keep == 0 ? 0 : random.nextInt(keep == 1 ? 2 : 9)) {
                case 0 -> System.arraycopy(later, page, mixed, page, end - page);
                case 1, 2, 3 -> {} // the old page
                case 4 -> {
                    final int from = page + random.nextInt(PAGE_BYTES / SECTOR_BYTES) * SECTOR_BYTES;
                    System.arraycopy(later, from, mixed, from, Math.max(0, end - from));
                }
                case 5 -> {
                    final int length = Math.min(end - page, random.nextInt(8) * SECTOR_BYTES);
                    System.arraycopy(later, page, mixed, page, length);
                }
                default -> System.arraycopy(later, page, mixed, page, end - page);
            }
        }
        return mixed;
    }

    static void delete(final Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
                        throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(final Path visited, final IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
