package io.millrace.faults.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes a directory that a disk may hold after the machine went down while an opening cut a torn tail: it keeps the bytes,
 * moves newer files aside, builds the file with the cut anew and renames it, and begins an epoch, each forced before the
 * next.
 */
final class RecoveryCrash {
    private static final String CUT = "cut/";

    /** The last thing that was begun. */
    enum Step {
        KEEPING,
        MOVING,
        BUILDING,
        RENAMED,
        WATERMARK,
        MANIFEST
    }

    private final Snapshot torn;
    private final Snapshot recovered;
    private final ImageDirectory directory;
    private final SplittableRandom random;

    RecoveryCrash(
            final Snapshot torn,
            final Snapshot recovered,
            final ImageDirectory directory,
            final SplittableRandom random) {
        this.torn = torn;
        this.recovered = recovered;
        this.directory = directory;
        this.random = random;
    }

    /** Writes the image. The directory must be empty. */
    void write(final Step step) throws IOException {
        final List<String> moved = new ArrayList<>();
        for (final String name : torn.names().descendingSet()) {
            if (isCycle(name) && !recovered.has(name)) {
                moved.add(name);
            }
        }
        final int aside =
                step == Step.KEEPING ? 0 : step == Step.MOVING ? random.nextInt(moved.size() + 1) : moved.size();
        for (final String name : torn.names()) {
            if (isCycle(name) && !moved.subList(0, aside).contains(name)) {
                directory.copy(name, step.compareTo(Step.RENAMED) >= 0 ? recovered : torn);
            }
        }
        cut(step, moved, aside);
        if (step == Step.BUILDING || step == Step.RENAMED && random.nextBoolean()) {
            directory.directory("rebuild");
        }
        if (step == Step.BUILDING) {
            build();
        }
        directory.copy("watermark", step.compareTo(Step.WATERMARK) >= 0 ? recovered : torn);
        directory.copy("manifest", step.compareTo(Step.MANIFEST) >= 0 ? recovered : torn);
        directory.lock(torn.text("lock"), true);
    }

    private static boolean isCycle(final String name) {
        return name.endsWith(".cq4") && name.indexOf('/') < 0;
    }

    private void cut(final Step step, final List<String> moved, final int aside) throws IOException {
        directory.directory("cut");
        for (final String name : recovered.names()) {
            if (name.startsWith(CUT) && torn.has(name)) {
                directory.copy(name, torn);
            } else if (name.startsWith(CUT) && step == Step.KEEPING) {
                if (name.endsWith(".bytes")) {
                    part(name);
                }
            } else if (name.startsWith(CUT) && isThere(name, step, moved, aside)) {
                directory.copy(name, recovered);
            }
        }
    }

    private boolean isThere(final String name, final Step step, final List<String> moved, final int aside) {
        if (name.endsWith(".cq4")) {
            return moved.subList(0, aside).stream().anyMatch(name::endsWith);
        }
        return name.endsWith(".bytes") || step != Step.MOVING;
    }

    private void part(final String name) throws IOException {
        final byte[] bytes = recovered.bytes(name);
        directory.write(name, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
    }

    /** Any part of the new file. */
    private void build() throws IOException {
        final String last = recovered.names().stream()
                .filter(RecoveryCrash::isCycle)
                .reduce((one, next) -> next)
                .orElse(null);
        if (last != null) {
            final byte[][] pages = recovered.pages(last).clone();
            for (int page = 0; page < pages.length; page++) {
                pages[page] = random.nextBoolean() ? pages[page] : null;
            }
            directory.write("rebuild/" + last, recovered.length(last), pages);
        }
        if (random.nextBoolean()) {
            directory.write("rebuild/metadata.cq4t", new byte[random.nextInt(Snapshot.PAGE_BYTES)]);
        }
    }
}
