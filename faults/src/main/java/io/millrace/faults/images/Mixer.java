package io.millrace.faults.images;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Makes a directory that a disk may hold after the machine went down between two snapshots: of each page that differs the
 * older or the newer state, one page torn between them, files longer or not yet, new cycle files there or not.
 */
final class Mixer {
    private static final int SECTOR_BYTES = 512;
    private static final String CYCLE_SUFFIX = ".cq4";

    /** Which pages are new. */
    enum Strategy {
        ALL_OLD,
        ALL_NEW,
        FEW_NEW,
        HALF_NEW,
        MOST_NEW,
        PREFIX_NEW,
        SUFFIX_NEW,
        ONE_NEW,
        ONE_OLD,
        HEAD_NEW
    }

    /** How far a force that was under way had come. */
    enum Stage {
        /** None was. */
        NONE,
        /** Cycle files on the device, nothing else. */
        DATA,
        /** The manifest too. */
        MANIFEST
    }

    private final Snapshot old;
    private final Snapshot now;
    private final Path directory;
    private final SplittableRandom random;

    Mixer(final Snapshot old, final Snapshot now, final Path directory, final SplittableRandom random) {
        this.old = old;
        this.now = now;
        this.directory = directory;
        this.random = random;
    }

    /** Writes the image. The directory must be empty. */
    void write(final Strategy strategy, final Stage stage, final boolean otherBoot) throws IOException {
        final TreeSet<String> names = new TreeSet<>();
        old.names().forEach(names::add);
        now.names().forEach(names::add);
        for (final String name : names) {
            if (name.endsWith(CYCLE_SUFFIX)) {
                cycle(name, stage == Stage.NONE ? strategy : Strategy.ALL_NEW, stage != Stage.NONE);
            } else if (name.equals("manifest")) {
                whole(name, stage == Stage.MANIFEST ? now : old.has(name) ? old : now);
            } else if (name.equals("watermark")) {
                watermark(name, stage);
            }
        }
        lock(otherBoot);
    }

    private void cycle(final String name, final Strategy strategy, final boolean forced) throws IOException {
        final boolean isNew = !old.has(name);
        if (isNew && !forced && (strategy == Strategy.ALL_OLD || random.nextInt(3) == 0)) {
            return; // its name had not reached the directory
        }
        if (!now.has(name)) {
            whole(name, old);
            return;
        }
        final int pages = now.pages(name);
        final IntPredicate takesNew = chooser(name, strategy, pages);
        final int torn = strategy == Strategy.ALL_OLD || forced || random.nextInt(3) > 0 ? -1 : tornPage(name, pages);
        try (RandomAccessFile file = create(name)) {
            file.setLength(
                    random.nextBoolean() || forced ? now.length(name) : Math.max(old.length(name), now.length(name)));
            for (int page = 0; page < pages; page++) {
                final byte[] older = old.page(name, page);
                final byte[] newer = now.page(name, page);
                final byte[] taken = page == torn ? tear(older, newer) : takesNew.test(page) ? newer : older;
                if (taken != null) {
                    file.seek((long) page * Snapshot.PAGE_BYTES);
                    file.write(taken);
                }
            }
        }
    }

    private int tornPage(final String name, final int pages) {
        for (int attempt = 0; attempt < 50; attempt++) {
            final int page = random.nextInt(pages);
            if (!Arrays.equals(old.page(name, page), now.page(name, page))) {
                return page;
            }
        }
        return -1;
    }

    private IntPredicate chooser(final String name, final Strategy strategy, final int pages) {
        final int[] differing = IntStream.range(0, pages)
                .filter(page -> !Arrays.equals(old.page(name, page), now.page(name, page)))
                .toArray();
        final int chosen = differing.length == 0 ? 0 : differing[random.nextInt(differing.length)];
        return switch (strategy) {
            case ALL_OLD -> page -> false;
            case ALL_NEW -> page -> true;
            case FEW_NEW -> page -> random.nextInt(10) == 0;
            case HALF_NEW -> page -> random.nextBoolean();
            case MOST_NEW -> page -> random.nextInt(10) > 0;
            case PREFIX_NEW -> page -> page <= chosen;
            case SUFFIX_NEW -> page -> page >= chosen;
            case ONE_NEW -> page -> page == chosen;
            case ONE_OLD -> page -> page != chosen;
            case HEAD_NEW -> page -> page == 0;
        };
    }

    private byte[] tear(final byte[] older, final byte[] newer) {
        final byte[] torn = newer == null ? new byte[Snapshot.PAGE_BYTES] : newer.clone();
        for (int sector = 0; sector < Snapshot.PAGE_BYTES; sector += SECTOR_BYTES) {
            if (random.nextBoolean()) {
                if (older == null) {
                    Arrays.fill(torn, sector, sector + SECTOR_BYTES, (byte) 0);
                } else {
                    System.arraycopy(older, sector, torn, sector, SECTOR_BYTES);
                }
            }
        }
        return torn;
    }

    /** What was stored after the last force was not forced itself: each of its pages may be the older one. */
    private void watermark(final String name, final Stage stage) throws IOException {
        try (RandomAccessFile file = create(name)) {
            file.setLength(now.length(name));
            for (int page = 0; page < now.pages(name); page++) {
                final boolean takesNew = stage == Stage.MANIFEST && random.nextBoolean();
                final byte[] taken = takesNew || !old.has(name) ? now.page(name, page) : old.page(name, page);
                if (taken != null) {
                    file.seek((long) page * Snapshot.PAGE_BYTES);
                    file.write(taken);
                }
            }
        }
    }

    private void whole(final String name, final Snapshot from) throws IOException {
        try (RandomAccessFile file = create(name)) {
            file.setLength(from.length(name));
            for (int page = 0; page < from.pages(name); page++) {
                if (from.page(name, page) != null) {
                    file.seek((long) page * Snapshot.PAGE_BYTES);
                    final int length =
                            (int) Math.min(Snapshot.PAGE_BYTES, from.length(name) - (long) page * Snapshot.PAGE_BYTES);
                    file.write(from.page(name, page), 0, length);
                }
            }
        }
    }

    private RandomAccessFile create(final String name) throws IOException {
        final Path file = directory.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new RandomAccessFile(file.toFile(), "rw");
    }

    /** The holder's, of another boot, and of this very file: so it is no copy. */
    private void lock(final boolean otherBoot) throws IOException {
        final Path file = directory.resolve("lock");
        create("lock").close();
        String text = now.text("lock").replaceAll("inode=\\d+", "inode=" + Files.getAttribute(file, "unix:ino"));
        if (otherBoot) {
            text = text.replaceAll("bootId=........", "bootId=00000000");
        }
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
