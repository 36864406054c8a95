package io.millrace.faults.images;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Makes a directory that a disk may hold after the machine went down in a {@link Span}: of each page that differs the older
 * or the newer state, one page torn between them, files as long as they were or are, new cycle files there or not, and
 * what a replacement of the manifest or a roll that was cut short leaves lying about.
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
        HEAD_NEW;

        private static final Strategy[] ALL = values();

        static Strategy random(final SplittableRandom random) {
            return ALL[random.nextInt(ALL.length)];
        }
    }

    private final Span span;
    private final Snapshot old;
    private final Snapshot now;
    private final ImageDirectory directory;
    private final SplittableRandom random;

    Mixer(final Span span, final ImageDirectory directory, final SplittableRandom random) {
        this.span = span;
        old = span.old();
        now = span.now();
        this.directory = directory;
        this.random = random;
    }

    /** Writes what the page cache holds, which outlives the process, but not what other machines would boot into. */
    void writeAllNew() throws IOException {
        for (final String name : now.names()) {
            if (!name.equals("lock")) {
                copy(name, now);
            }
        }
        directory.lock(now.text("lock"), false);
    }

    /** Writes what may be on the device. The directory must be empty. */
    void write(final Strategy strategy, final Span.Stage stage) throws IOException {
        final TreeSet<String> names = old.names();
        names.addAll(now.names());
        for (final String name : names) {
            if (name.endsWith(CYCLE_SUFFIX) && name.indexOf('/') < 0) {
                // Write-back takes one file after the other, so they need not be alike.
                cycle(name, random.nextInt(4) == 0 ? Strategy.random(random) : strategy, stage);
            } else if (name.equals("manifest")) {
                manifest(name, stage);
            } else if (name.equals("watermark")) {
                watermark(name, stage);
            } else if (!name.equals("lock")) {
                copy(name, old.has(name) ? old : now);
            }
        }
        worthless();
        directory.lock(now.text("lock"), true);
    }

    private void cycle(final String name, final Strategy strategy, final Span.Stage stage) throws IOException {
        if (!now.has(name)) {
            // Deleted: the manifest forgets it first, the directory some time later.
            if (random.nextBoolean()) {
                copy(name, old);
            }
        } else if (stage != Span.Stage.NONE) {
            final byte[][] pages = now.pages(name).clone();
            if (span.kind() == Span.Kind.OPENING) {
                takeOldHeader(name, pages);
            }
            directory.write(name, now.length(name), pages);
        } else if (old.has(name)) {
            final byte[][] pages = mix(name, strategy);
            directory.write(name, random.nextInt(4) == 0 ? old.length(name) : now.length(name), pages);
        } else if (strategy == Strategy.ALL_OLD || random.nextInt(3) == 0) {
            // Its name has not reached the directory: then it goes by that of the reserve, or by none.
            if (random.nextInt(3) == 0 && !now.has("reserve")) {
                lie("reserve", mix(name, strategy), now.length(name));
            }
        } else {
            directory.write(name, newLength(name), mix(name, strategy));
        }
    }

    /** Of a file whose length may not have reached the device either. */
    private long newLength(final String name) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> (long) random.nextInt(now.pages(name).length) * Snapshot.PAGE_BYTES;
            default -> now.length(name);
        };
    }

    private byte[][] mix(final String name, final Strategy strategy) {
        final byte[][] pages = now.pages(name).clone();
        final int[] differing = now.differing(old, name);
        if (differing.length > 0) {
            final IntPredicate takesNew = chooser(strategy, differing[random.nextInt(differing.length)]);
            final int torn = random.nextInt(3) > 0 ? -1 : differing[random.nextInt(differing.length)];
            for (final int page : differing) {
                final byte[] older = old.page(name, page);
                final byte[] newer = now.page(name, page);
                if (page < pages.length) {
                    pages[page] = page == torn && strategy != Strategy.ALL_OLD
                            ? tear(older, newer)
                            : takesNew.test(page) ? newer : older;
                }
            }
        }
        takeOldHeader(name, pages);
        return pages;
    }

    /** An opening writes to the first page of the newest cycle after it has forced it. */
    private void takeOldHeader(final String name, final byte[][] pages) {
        final Snapshot before = span.beforeOld();
        if (before != null
                && before.has(name)
                && pages.length > 0
                && (span.kind() == Span.Kind.OPENING || Arrays.equals(pages[0], old.page(name, 0)))
                && random.nextBoolean()) {
            pages[0] = before.page(name, 0);
        }
    }

    private IntPredicate chooser(final Strategy strategy, final int chosen) {
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

    /** Of each sector the older or the newer state. */
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

    /** Replaced as a whole; before that, any part of the new one may lie beside it. */
    private void manifest(final String name, final Span.Stage stage) throws IOException {
        if (stage == Span.Stage.MANIFEST || !old.has(name)) {
            copy(name, now);
            return;
        }
        copy(name, old);
        if (stage != Span.Stage.NONE && random.nextBoolean()) {
            final byte[] beside = now.bytes(name);
            lie(
                    "manifest.new",
                    Snapshot.pages(Arrays.copyOf(beside, random.nextInt(beside.length + 1))),
                    beside.length);
        }
    }

    /** What was stored since it was last forced may be there or not, each copy for itself. */
    private void watermark(final String name, final Span.Stage stage) throws IOException {
        final boolean forced = stage == Span.Stage.WATERMARK
                || stage == Span.Stage.MANIFEST && span.kind() == Span.Kind.OPENING
                || !old.has(name);
        final byte[][] pages = now.pages(name).clone();
        for (int page = 0; page < pages.length && !forced; page++) {
            final boolean takesNew = stage == Span.Stage.MANIFEST && random.nextBoolean();
            if (!takesNew) {
                final int moment = random.nextInt(span.watermarks().size() + 1);
                final Snapshot from = moment == 0 ? old : span.watermarks().get(moment - 1);
                pages[page] = from.page(name, page);
            }
        }
        directory.write(name, now.length(name), pages);
    }

    /** Files that are made anew by each opening, with anything in them. */
    private void worthless() throws IOException {
        if (random.nextInt(8) == 0) {
            final byte[] junk = new byte[random.nextInt(3 * Snapshot.PAGE_BYTES)];
            random.nextBytes(junk);
            lie("metadata.cq4t", Snapshot.pages(junk), junk.length);
        }
    }

    private void lie(final String name, final byte[][] pages, final long length) throws IOException {
        if (!Files.exists(directory.path().resolve(name))) {
            directory.write(name, length, pages);
        }
    }

    private void copy(final String name, final Snapshot from) throws IOException {
        final int slash = name.indexOf('/');
        if (slash > 0) {
            directory.directory(name.substring(0, slash));
        }
        directory.copy(name, from);
    }
}
