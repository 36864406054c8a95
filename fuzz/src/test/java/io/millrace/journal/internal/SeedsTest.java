package io.millrace.journal.internal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;

import io.millrace.journal.JournalFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes the corpus that the fuzz tests start from, out of the files of a real journal: asked for by
 * {@code -Dmillrace.writeSeeds}, after a change of a format. Numbers that differ from run to run are made the same.
 */
@EnabledIfSystemProperty(named = "millrace.writeSeeds", matches = "true")
class SeedsTest {
    private static final Path RESOURCES = Path.of("src/test/resources/io/millrace/journal/internal");
    private static final long TIMESTAMP_NS = 1_700_000_000_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void shouldWriteSeedsWhenAsked() throws IOException {
        final Originals originals = Originals.ofSmallJournal(directory.resolve("journal"));
        writeCommits(originals);
        writeWatermarks();
        writeTexts(originals);
        writeChanges(originals);
    }

    private static void writeCommits(final Originals originals) throws IOException {
        final List<byte[]> commits = commits(originals);
        for (int i = 0; i < commits.size(); i++) {
            final byte[] commit = normal(commits.get(i));
            final int withEverything = CommitViewFuzzTest.WITH_CRC | CommitViewFuzzTest.WITH_ENVELOPE;
            final Path folder = folder(CommitViewFuzzTest.class, "shouldRefuseOrHandOutAllWhenCommitIsAnything");
            write(folder, "as-it-is-" + i, join(new byte[] {0}, commit));
            write(folder, "crc-made-good-" + i, join(new byte[] {(byte) withEverything}, commit));
        }
    }

    /** In the newest cycle file, by their magic. */
    private static List<byte[]> commits(final Originals originals) {
        final Originals.File cycle = originals.files().stream()
                .filter(file -> file.name().endsWith(".cq4"))
                .findFirst()
                .orElseThrow();
        final ByteBuffer words = ByteBuffer.wrap(cycle.bytes()).order(BYTE_ORDER);
        final List<byte[]> commits = new ArrayList<>();
        for (int at = 0; at + JournalFormat.COMMIT_HEADER_LENGTH < words.capacity(); at += Integer.BYTES) {
            if (words.getInt(at) == JournalFormat.MAGIC) {
                final int length = words.getInt(at + JournalFormat.COMMIT_LENGTH_OFFSET);
                final byte[] commit = new byte[length];
                words.get(at, commit, 0, Math.min(length, words.capacity() - at));
                commits.add(commit);
            }
        }
        return commits;
    }

    /** As if it were the first commit of the journal that the fuzz test expects. */
    private static byte[] normal(final byte[] commit) {
        final ByteBuffer words = ByteBuffer.wrap(commit).order(BYTE_ORDER);
        words.putLong(JournalFormat.COMMIT_JOURNAL_ID_OFFSET, CommitViewFuzzTest.JOURNAL_ID);
        words.putLong(JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET, CommitViewFuzzTest.FIRST_SEQUENCE);
        words.putLong(JournalFormat.COMMIT_BASE_TIMESTAMP_OFFSET, TIMESTAMP_NS);
        words.putLong(JournalFormat.COMMIT_CHAIN_OFFSET, JournalFormat.firstChain(CommitViewFuzzTest.JOURNAL_ID));
        final CRC32C crc = new CRC32C();
        crc.update(commit, JournalFormat.COMMIT_CHECKED_OFFSET, commit.length - JournalFormat.COMMIT_CHECKED_OFFSET);
        words.putInt(JournalFormat.COMMIT_CRC_OFFSET, (int) crc.getValue());
        return commit;
    }

    private void writeWatermarks() throws IOException {
        final Path stored = Files.createDirectory(directory.resolve("watermark-of"));
        final Manifest manifest = new Manifest(WatermarkFileFuzzTest.JOURNAL_ID, 3, 1 << 20, 1, 1, List.of());
        try (WatermarkFile watermark = WatermarkFile.open(stored, manifest, null)) {
            for (int i = 0; i <= 3; i++) {
                final byte[] file = Files.readAllBytes(stored.resolve(WatermarkFile.FILE_NAME));
                final byte[] copies = copies(file);
                final Path folder =
                        folder(WatermarkFileFuzzTest.class, "shouldSayNothingOrWhatACopySaysWhenWatermarkIsAnything");
                write(folder, "as-it-is-" + i, join(new byte[] {0}, copies));
                write(folder, "crc-made-good-" + i, join(new byte[] {3}, copies));
                writeShortened(file, i);
                watermark.store(10 * i + 1, 7 * i, 28_000_000 + i, 4096 * (i + 1), i == 2);
            }
        }
    }

    /** Whole, and ending behind, in and before the second copy. */
    private static void writeShortened(final byte[] file, final int number) throws IOException {
        final int behind = WatermarkFile.COPY_STRIDE_BYTES + WatermarkFileFuzzTest.COPY_BYTES;
        final int[] lengths = {file.length, behind, behind - 1, WatermarkFileFuzzTest.COPY_BYTES};
        write(
                folder(WatermarkFileFuzzTest.class, "shouldSayNothingWhenFileHasAnyLength"),
                "length-" + lengths[number],
                Arrays.copyOf(file, lengths[number]));
    }

    private static byte[] copies(final byte[] file) {
        final byte[] copies = new byte[2 * WatermarkFileFuzzTest.COPY_BYTES];
        System.arraycopy(file, 0, copies, 0, WatermarkFileFuzzTest.COPY_BYTES);
        System.arraycopy(
                file,
                WatermarkFile.COPY_STRIDE_BYTES,
                copies,
                WatermarkFileFuzzTest.COPY_BYTES,
                WatermarkFileFuzzTest.COPY_BYTES);
        return copies;
    }

    private void writeTexts(final Originals originals) throws IOException {
        for (int cycles = 0; cycles <= 3; cycles++) {
            final byte[] text = manifest(cycles);
            final String lines = new String(text, StandardCharsets.ISO_8859_1);
            write(folder(ManifestFuzzTest.class, "shouldRefuseOrReadWhenManifestIsAnything"), "cycles-" + cycles, text);
            write(
                    folder(ManifestFuzzTest.class, "shouldRefuseOrReadWhenLinesAreAnything"),
                    "cycles-" + cycles,
                    lines.substring(0, lines.lastIndexOf("\ncrc32c=")).getBytes(StandardCharsets.ISO_8859_1));
        }
        final Path folder = folder(LockHolderFuzzTest.class, "shouldNameAHolderOrNobodyWhenLockFileIsAnything");
        final LockHolder holder =
                new LockHolder(4711, "2026-01-01T00:00:00Z", "0f7a8c1e-5b1d-4c1b-9d61-3f8a4f6b2c11", 99);
        write(folder, "holder", holder.text().getBytes(StandardCharsets.ISO_8859_1));
        write(folder, "nobody", new byte[0]);
    }

    private byte[] manifest(final int cycles) throws IOException {
        final Path written = Files.createDirectory(directory.resolve("manifest-of-" + cycles));
        final List<Manifest.Cycle> listed = new ArrayList<>();
        for (int i = 0; i < cycles; i++) {
            final int number = 28_000_000 + i;
            listed.add(
                    i < cycles - 1
                            ? new Manifest.Cycle(number, 10 * i + 1, 10 * i + 10, 77 * i)
                            : Manifest.Cycle.open(number, 10 * i + 1));
        }
        new Manifest(CommitViewFuzzTest.JOURNAL_ID, 3, 1 << 20, 1, 4711, listed).write(written);
        return Files.readAllBytes(written.resolve(Manifest.FILE_NAME));
    }

    /** One change of each kind to each file, at its start and in its middle, and a few together. */
    private static void writeChanges(final Originals originals) throws IOException {
        final Path folder = folder(JournalFuzzTest.class, "shouldRefuseOrHandOutWhatWasWrittenWhenFilesAreAnything");
        write(folder, "nothing", new byte[0]);
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int file = 0; file < originals.files().size(); file++) {
            final int middle = originals.files().get(file).bytes().length / 2;
            for (int kind = 0; kind < Changes.KINDS; kind++) {
                final byte[] change = change(file, kind, middle);
                write(folder, "file-" + file + "-kind-" + kind, change);
                if (kind == Changes.XOR) {
                    all.write(change);
                }
            }
        }
        write(folder, "every-file", all.toByteArray());
    }

    private static byte[] change(final int file, final int kind, final int offset) {
        return ByteBuffer.allocate(Changes.BYTES)
                .put((byte) file)
                .put((byte) kind)
                .putInt(offset << Byte.SIZE | 0x55)
                .putShort((short) 64)
                .array();
    }

    private static byte[] join(final byte[] first, final byte[] second) {
        final ByteBuffer both = ByteBuffer.allocate(first.length + second.length);
        return both.put(first).put(second).array();
    }

    private static Path folder(final Class<?> test, final String method) throws IOException {
        return Files.createDirectories(
                RESOURCES.resolve(test.getSimpleName() + "Inputs").resolve(method));
    }

    private static void write(final Path folder, final String name, final byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }
}
