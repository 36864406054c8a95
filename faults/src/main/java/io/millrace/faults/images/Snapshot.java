package io.millrace.faults.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a journal directory at a moment, in memory, page by page; a page of zeros is null. */
final class Snapshot {
    static final int PAGE_BYTES = 4096;

    private final Map<String, byte[][]> files = new TreeMap<>();
    private final Map<String, Long> lengths = new TreeMap<>();

    private Snapshot() {}

    /** Of what an opening reads. Space in reserve and Chronicle's table are made anew by each opening. */
    static Snapshot of(final Path directory) throws IOException {
        final Snapshot snapshot = new Snapshot();
        try (Stream<Path> list = Files.list(directory)) {
            for (final Path file : list.toList()) {
                final String name = file.getFileName().toString();
                if (Files.isRegularFile(file)
                        && !List.of("reserve", "metadata.cq4t").contains(name)) {
                    final byte[] bytes = Files.readAllBytes(file);
                    snapshot.files.put(name, pages(bytes));
                    snapshot.lengths.put(name, (long) bytes.length);
                }
            }
        }
        return snapshot;
    }

    private static byte[][] pages(final byte[] bytes) {
        final byte[][] pages = new byte[(bytes.length + PAGE_BYTES - 1) / PAGE_BYTES][];
        for (int page = 0; page < pages.length; page++) {
            final byte[] copy = Arrays.copyOf(
                    Arrays.copyOfRange(bytes, page * PAGE_BYTES, Math.min(bytes.length, (page + 1) * PAGE_BYTES)),
                    PAGE_BYTES);
            pages[page] = isZero(copy) ? null : copy;
        }
        return pages;
    }

    private static boolean isZero(final byte[] page) {
        for (final byte each : page) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    boolean has(final String name) {
        return files.containsKey(name);
    }

    Iterable<String> names() {
        return files.keySet();
    }

    long length(final String name) {
        return lengths.getOrDefault(name, 0L);
    }

    /** A page of a file, null when it is zero or there is no such page. */
    byte[] page(final String name, final int page) {
        final byte[][] pages = files.get(name);
        return pages == null || page >= pages.length ? null : pages[page];
    }

    int pages(final String name) {
        return files.containsKey(name) ? files.get(name).length : 0;
    }

    String text(final String name) {
        final byte[] page = page(name, 0);
        return page == null
                ? ""
                : new String(page, 0, (int) Math.min(PAGE_BYTES, length(name)), StandardCharsets.ISO_8859_1);
    }
}
