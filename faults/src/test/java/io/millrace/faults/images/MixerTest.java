package io.millrace.faults.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MixerTest {
    private static final String CYCLE = "00100001M.cq4";
    private static final String NEW_CYCLE = "00100002M.cq4";
    private static final int PAGES = 40;

    @TempDir
    Path directory;

    private final Snapshot old = new Snapshot();
    private final Snapshot now = new Snapshot();
    private Span span;
    private ImageDirectory image;

    @BeforeEach
    void fill() throws IOException {
        put(old, CYCLE, 'o', PAGES);
        put(now, CYCLE, 'n', PAGES + 2);
        put(now, NEW_CYCLE, 'n', PAGES);
        for (final String name : List.of("manifest", "watermark")) {
            put(old, name, 'o', 2);
            put(now, name, 'n', 2);
        }
        final byte[] lock = "pid=1\nbootId=12345678-1\ninode=1\n".getBytes(StandardCharsets.ISO_8859_1);
        now.put("lock", lock.length, Snapshot.pages(lock));
        span = new Span(Span.Kind.FORCING, old, now, null, List.of(), new Contents(), new Contents());
        image = new ImageDirectory(directory.resolve("image"));
    }

    private static void put(final Snapshot snapshot, final String name, final char content, final int pages) {
        final byte[] bytes = new byte[pages * Snapshot.PAGE_BYTES];
        Arrays.fill(bytes, (byte) content);
        snapshot.put(name, bytes.length, Snapshot.pages(bytes));
    }

    private byte[] read(final String name) throws IOException {
        return Files.readAllBytes(image.path().resolve(name));
    }

    private void mix(final Mixer.Strategy strategy, final Span.Stage stage, final int seed) throws IOException {
        image.empty();
        new Mixer(span, image, new SplittableRandom(seed)).write(strategy, stage);
    }

    @Test
    void shouldKeepWhatWasForcedWhenAForceHadCycleFilesOnTheDevice() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            mix(Mixer.Strategy.ALL_OLD, Span.Stage.DATA, seed);

            assertArrayEquals(now.bytes(CYCLE), read(CYCLE));
            assertArrayEquals(now.bytes(NEW_CYCLE), read(NEW_CYCLE));
            assertArrayEquals(old.bytes("manifest"), read("manifest"));
            assertArrayEquals(old.bytes("watermark"), read("watermark"));
        }
    }

    @Test
    void shouldTakeTheNewManifestWhenItWasReplaced() throws IOException {
        mix(Mixer.Strategy.ALL_OLD, Span.Stage.MANIFEST, 1);

        assertArrayEquals(now.bytes("manifest"), read("manifest"));
        assertFalse(Files.exists(image.path().resolve("manifest.new")));
    }

    @Test
    void shouldMixPagesAndSectorsOfBothWhenNothingWasForced() throws IOException {
        boolean mixed = false;
        boolean absent = false;
        for (int seed = 0; seed < 50; seed++) {
            mix(Mixer.Strategy.HALF_NEW, Span.Stage.NONE, seed);

            final byte[] bytes = read(CYCLE);
            for (int sector = 0; sector < PAGES * Snapshot.PAGE_BYTES; sector += 512) {
                assertTrue(isWhole(bytes, sector), "a sector is old or new");
            }
            mixed |= new String(bytes, StandardCharsets.ISO_8859_1).matches("(?s).*on.*no.*");
            absent |= !Files.exists(image.path().resolve(NEW_CYCLE));
        }

        assertTrue(mixed && absent);
    }

    private static boolean isWhole(final byte[] bytes, final int sector) {
        return Arrays.equals(bytes, sector, sector + 511, bytes, sector + 1, sector + 512);
    }

    @Test
    void shouldWriteTheSameImageWhenTheSeedIsTheSame() throws IOException {
        mix(Mixer.Strategy.MOST_NEW, Span.Stage.NONE, 7);
        final byte[] first = read(CYCLE);

        mix(Mixer.Strategy.MOST_NEW, Span.Stage.NONE, 7);

        assertArrayEquals(first, read(CYCLE));
    }

    @Test
    void shouldNameItsOwnLockFileAndAnotherBoot() throws IOException {
        mix(Mixer.Strategy.ALL_NEW, Span.Stage.NONE, 1);

        final Object inode = Files.getAttribute(image.path().resolve("lock"), "unix:ino");
        assertEquals(
                "pid=1\nbootId=00000000-1\ninode=" + inode + "\n",
                Files.readString(image.path().resolve("lock")));
    }
}
