package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.DamagedDirectory.Region;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to the bytes of a commit, the journal refuses to open and says where. */
class CorruptionTest {
    private static final int COMMITS = 4;

    @TempDir
    Path temporary;

    private Path good;
    private Path cycle;
    private Path damaged;
    private List<Region> commits;
    private List<String> lines;

    @BeforeEach
    void writeJournal() throws IOException {
        good = temporary.resolve("good");
        damaged = temporary.resolve("damaged");
        lines = writeCommits(good);
        final List<Path> cycles = DamagedDirectory.cycles(good);
        assertEquals(1, cycles.size());
        commits = DamagedDirectory.commits(cycles.get(0));
        assertEquals(COMMITS, commits.size());
        DamagedDirectory.copy(good, damaged);
        cycle = damaged.resolve(cycles.get(0).getFileName());
    }

    /** Writes the same to every directory, but for the journal id. */
    private static List<String> writeCommits(final Path directory) {
        final JournalConfig config = JournalFixture.config(directory, () -> 1_000_000_000_000L);
        try (JournalFixture fixture = new JournalFixture(config)) {
            fixture.event(1, "a").event(2, "bc").result("fine").accept(9, 1).commit();
            fixture.result("no").reject(9, 2, 7).commit();
            fixture.commitEvent(1, "d").commitEvent(2, "e");
            return fixture.read(1);
        }
    }

    @Test
    void shouldRefuseWhenAnyByteOfACommitIsChanged() throws IOException {
        final Random random = Seed.random(getClass());
        for (int commit = 0; commit < COMMITS; commit++) {
            final Region region = commits.get(commit);
            for (int at = -DamagedDirectory.EXCERPT_HEADER_LENGTH; at < region.length(); at++) {
                final int mask = 1 << random.nextInt(8);
                final long offset = region.offset() + at;
                DamagedDirectory.flip(cycle, offset, mask);
                expectRefusal("commit " + commit + ", byte " + at + ", mask " + mask, commit);
                DamagedDirectory.flip(cycle, offset, mask);
            }
        }
        expectAllIsWell();
    }

    @Test
    void shouldRefuseWhenAnyBitOfAnExcerptHeaderIsFlipped() throws IOException {
        for (int commit = 0; commit < COMMITS; commit++) {
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                final long offset = headerOf(commit) + bit / Byte.SIZE;
                DamagedDirectory.flip(cycle, offset, 1 << bit % Byte.SIZE);
                expectRefusal("commit " + commit + ", header bit " + bit, commit);
                DamagedDirectory.flip(cycle, offset, 1 << bit % Byte.SIZE);
            }
        }
        expectAllIsWell();
    }

    @Test
    void shouldRefuseWhenAnExcerptHeaderIsReplaced() throws IOException {
        final int endOfFile = 0xC000_0000;
        for (int commit = 0; commit < COMMITS; commit++) {
            final byte[] header = DamagedDirectory.read(cycle, headerOf(commit), Integer.BYTES);
            for (final int word : new int[] {0, -1, 1, endOfFile, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 29}) {
                DamagedDirectory.write(cycle, headerOf(commit), bytes(word));
                expectRefusal("commit " + commit + ", header " + Integer.toHexString(word), commit);
            }
            DamagedDirectory.write(cycle, headerOf(commit), header);
        }
        expectAllIsWell();
    }

    @Test
    void shouldRefuseWhenACommitIsOverwritten() throws IOException {
        final Random random = Seed.random(getClass());
        for (int commit = 0; commit < COMMITS; commit++) {
            final Region region = commits.get(commit);
            final byte[] good = DamagedDirectory.excerpt(cycle, region);
            for (final byte[] bad : List.of(
                    new byte[good.length],
                    DamagedDirectory.filled(good.length, 0xFF),
                    DamagedDirectory.junk(random, good.length))) {
                DamagedDirectory.write(cycle, headerOf(commit), bad);
                expectRefusal("commit " + commit + " overwritten", commit);
            }
            DamagedDirectory.write(cycle, headerOf(commit), good);
        }
        expectAllIsWell();
    }

    @Test
    void shouldRefuseWhenTheEndOfTheFileIsOverwritten() throws IOException {
        for (int commit = 0; commit < COMMITS; commit++) {
            DamagedDirectory.zero(cycle, headerOf(commit), (int) (endOfCommits() - headerOf(commit)));
            expectRefusal("zero from commit " + commit, commit);
            DamagedDirectory.copy(good, damaged);
        }
        expectAllIsWell();
    }

    @Test
    void shouldRefuseWhenTwoCommitsAreSwapped() throws IOException {
        // The two last have the same length.
        final byte[] third = DamagedDirectory.excerpt(cycle, commits.get(2));
        final byte[] fourth = DamagedDirectory.excerpt(cycle, commits.get(3));
        assertEquals(third.length, fourth.length);
        DamagedDirectory.write(cycle, headerOf(2), fourth);
        DamagedDirectory.write(cycle, headerOf(3), third);
        expectRefusal("swapped", 2);
    }

    @Test
    void shouldRefuseWhenACommitIsThereTwice() throws IOException {
        DamagedDirectory.write(cycle, headerOf(3), DamagedDirectory.excerpt(cycle, commits.get(2)));
        expectRefusal("third again in place of the fourth", 3);
        DamagedDirectory.copy(good, damaged);
        DamagedDirectory.write(cycle, endOfCommits(), DamagedDirectory.excerpt(cycle, commits.get(3)));
        final JournalCorruptException refusal = open();
        assertEquals(endOfCommits() + DamagedDirectory.EXCERPT_HEADER_LENGTH, refusal.fileOffset());
        assertEquals(5, refusal.sequence());
    }

    @Test
    void shouldRefuseWhenACommitIsFromAnotherJournal() throws IOException {
        final Path other = temporary.resolve("other");
        writeCommits(other);
        final Path otherCycle = other.resolve(cycle.getFileName());
        for (int commit = 0; commit < COMMITS; commit++) {
            assertEquals(commits, DamagedDirectory.commits(otherCycle));
            DamagedDirectory.write(cycle, headerOf(commit), DamagedDirectory.excerpt(otherCycle, commits.get(commit)));
            expectRefusal("commit " + commit + " from another journal", commit);
            DamagedDirectory.copy(good, damaged);
        }
        DamagedDirectory.copy(other, damaged);
        Files.copy(good.resolve("manifest"), damaged.resolve("manifest"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(damaged.resolve("watermark"), open().file());
        Files.copy(good.resolve("watermark"), damaged.resolve("watermark"), StandardCopyOption.REPLACE_EXISTING);
        expectRefusal("all but the manifest and the watermark from another journal", 0);
        Files.delete(damaged.resolve("watermark"));
        expectRefusal("all but the manifest from another journal, without a watermark", 0);
    }

    /** What Chronicle keeps before the first commit and is not zero: its file header and index pages. */
    @Test
    void shouldRefuseOrReadTheSameWhenChroniclesOwnBytesAreChanged() throws IOException {
        final Random random = Seed.random(getClass());
        final byte[] own = DamagedDirectory.read(cycle, 0, (int) headerOf(0));
        final int[] used = IntStream.range(0, own.length)
                .filter(offset -> own[offset] != 0)
                .toArray();
        for (int i = 0; i < 60; i++) {
            final int offset = used[random.nextInt(used.length)];
            DamagedDirectory.flip(cycle, offset, 1 << random.nextInt(Byte.SIZE));
            openAndAppendUnlessRefused("byte " + offset + " before the commits");
            DamagedDirectory.copy(good, damaged);
        }
    }

    private void openAndAppendUnlessRefused(final String damage) {
        try (JournalFixture fixture = JournalFixture.open(damaged)) {
            assertEquals(lines, fixture.replayed.lines, damage);
            fixture.commitEvent(1, "new");
        } catch (final JournalCorruptException | JournalFailedException e) {
            return;
        }
        try (JournalFixture fixture = JournalFixture.open(damaged)) {
            assertEquals(5, fixture.journal.journaledSequence(), damage);
            assertEquals(lines, fixture.replayed.lines.subList(0, lines.size()), damage);
        }
    }

    private void expectAllIsWell() {
        try (JournalFixture fixture = JournalFixture.open(damaged)) {
            assertEquals(lines, fixture.replayed.lines);
        }
    }

    /** A damaged header may hide its own commit, so that the one behind it is the first to be wrong. */
    private void expectRefusal(final String damage, final int commit) {
        final JournalCorruptException refusal = open();
        assertEquals(cycle, refusal.file(), damage);
        assertTrue(refusal.sequence() >= 1 && refusal.sequence() <= 5, () -> damage + ": " + refusal);
        final long earliest = commit == 0 ? 0 : commits.get(commit).offset();
        final long latest = commits.get(Math.min(commit + 1, COMMITS - 1)).offset();
        assertTrue(
                refusal.fileOffset() >= earliest && refusal.fileOffset() <= latest,
                () -> damage + " from " + earliest + " to " + latest + ": " + refusal);
    }

    private JournalCorruptException open() {
        return assertThrows(
                JournalCorruptException.class,
                () -> JournalFixture.open(damaged).close());
    }

    private long headerOf(final int commit) {
        return commits.get(commit).offset() - (long) DamagedDirectory.EXCERPT_HEADER_LENGTH;
    }

    private long endOfCommits() {
        final Region last = commits.get(COMMITS - 1);
        return last.offset() + (long) last.length();
    }

    private static byte[] bytes(final int word) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(JournalFormat.BYTE_ORDER)
                .putInt(word)
                .array();
    }
}
