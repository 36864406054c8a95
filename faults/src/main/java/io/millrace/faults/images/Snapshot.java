package io.millrace.faults.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The files of a journal directory at a moment, in memory, page by page; a page of zeros is null. */
final class Snapshot {
    static final int PAGE_BYTES = 4096;
    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    /** Each opening makes these anew, whatever they hold. */
    private static final List<String> WORTHLESS = List.of("reserve", "metadata.cq4t");

    private final Map<String, byte[][]> files = new TreeMap<>();
    private final Map<String, Long> lengths = new TreeMap<>();

    /** Without files. */
    Snapshot() {}

    /** Of what an opening reads, and what lies in directories below. */
    static Snapshot of(final Path directory) throws IOException {
        final Snapshot snapshot = new Snapshot();
        try (Stream<Path> list = Files.walk(directory)) {
            for (final Path file : list.toList()) {
                final String name = directory.relativize(file).toString();
                if (Files.isRegularFile(file) && !WORTHLESS.contains(name)) {
                    final byte[] bytes = Files.readAllBytes(file);
                    snapshot.put(name, bytes.length, pages(bytes));
                }
            }
        }
        return snapshot;
    }

    /** The pages are the caller's, who does not change them any more. */
    void put(final String name, final long length, final byte[][] pages) {
        files.put(name, pages);
        lengths.put(name, length);
    }

    static byte[][] pages(final byte[] bytes) {
        final byte[][] pages = new byte[(bytes.length + PAGE_BYTES - 1) / PAGE_BYTES][];
        for (int page = 0; page < pages.length; page++) {
            final int from = page * PAGE_BYTES;
            final int to = Math.min(bytes.length, from + PAGE_BYTES);
            final boolean zero = Arrays.equals(bytes, from, to, ZEROS, 0, to - from);
            pages[page] = zero ? null : Arrays.copyOfRange(bytes, from, from + PAGE_BYTES);
        }
        return pages;
    }

    boolean has(final String name) {
        return files.containsKey(name);
    }

    /** Sorted. */
    TreeSet<String> names() {
        return new TreeSet<>(files.keySet());
    }

    long length(final String name) {
        return lengths.getOrDefault(name, 0L);
    }

    /** A page of a file, null when it is zero or there is no such page. */
    byte[] page(final String name, final int page) {
        final byte[][] pages = files.get(name);
        return pages == null || page >= pages.length ? null : pages[page];
    }

    /** The pages of a file, none when it is not there. */
    byte[][] pages(final String name) {
        return files.getOrDefault(name, new byte[0][]);
    }

    /** The pages in which a file is not what it was. */
    int[] differing(final Snapshot old, final String name) {
        return IntStream.range(0, Math.max(pages(name).length, old.pages(name).length))
                .filter(page -> !Arrays.equals(old.page(name, page), page(name, page)))
                .toArray();
    }

    boolean same(final Snapshot other, final String name) {
        return has(name) == other.has(name) && length(name) == other.length(name) && differing(other, name).length == 0;
    }

    byte[] bytes(final String name) {
        final byte[] bytes = new byte[(int) length(name)];
        final byte[][] pages = pages(name);
        for (int page = 0; page < pages.length; page++) {
            if (pages[page] != null) {
                final int from = page * PAGE_BYTES;
                System.arraycopy(pages[page], 0, bytes, from, Math.min(PAGE_BYTES, bytes.length - from));
            }
        }
        return bytes;
    }

    /** Where the first byte from an offset on lies that is not zero; -1 when there is none. */
    long firstBehind(final String name, final long offset) {
        final byte[][] pages = pages(name);
        for (int page = (int) (offset / PAGE_BYTES); page < pages.length; page++) {
            final long start = (long) page * PAGE_BYTES;
            for (int i = (int) Math.max(0, offset - start); pages[page] != null && i < PAGE_BYTES; i++) {
                if (pages[page][i] != 0 && start + i < length(name)) {
                    return start + i;
                }
            }
        }
        return -1;
    }

    String text(final String name) {
        return new String(bytes(name), StandardCharsets.ISO_8859_1);
    }
}
