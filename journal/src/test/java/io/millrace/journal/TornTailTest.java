package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.DamagedDirectory.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After the machine went down, what is torn above the watermark is cut; everything else that is bad is refused. */
class TornTailTest {
    private static final int FORCED = 3;
    private static final int COMMITS = 6;
    private static final int PAGE_BYTES = 4096;
    private static final int LINES_PER_COMMIT = 3;

    /** How the device may leave a commit that was not forced. */
    enum Tear {
        PAYLOAD,
        HEADER,
        PAGE
    }

    @TempDir
    Path temporary;

    private Path open;
    private Path crashed;
    private Path cycle;
    private List<Region> commits;
    private List<String> lines;

    /** Each commit is longer than a page, so that each has a page of its own. */
    @BeforeEach
    void writeJournal() throws IOException {
        open = temporary.resolve("open");
        crashed = temporary.resolve("crashed");
        try (JournalFixture fixture = JournalFixture.open(open)) {
            for (int i = 1; i <= COMMITS; i++) {
                fixture.commitEvent(i % 2, String.valueOf(i).repeat(3 * PAGE_BYTES));
                if (i == FORCED) {
                    fixture.journal.force();
                    fixture.journal.force(); // in both copies of the watermark
                }
            }
            lines = fixture.read(1);
            CrashedDirectory.copyAfterProcessDied(open, crashed);
        }
        cycle = DamagedDirectory.cycles(crashed).get(0);
        commits = DamagedDirectory.commits(cycle);
        assertEquals(COMMITS, commits.size());
    }

    private void tear(final int commit, final Tear tear) throws IOException {
        final Region region = commits.get(commit - 1);
        final long middle = region.offset() + region.length() / 2L;
        switch (tear) {
            case PAYLOAD -> DamagedDirectory.zero(cycle, middle, 512);
            case HEADER -> DamagedDirectory.zero(cycle, headerOf(commit), JournalFormat.COMMIT_HEADER_LENGTH);
            default -> DamagedDirectory.zero(cycle, middle / PAGE_BYTES * PAGE_BYTES, PAGE_BYTES);
        }
    }

    private long headerOf(final int commit) {
        return commits.get(commit - 1).offset() - (long) DamagedDirectory.EXCERPT_HEADER_LENGTH;
    }

    private byte[] unforcedBytes(final int fromCommit) throws IOException {
        final Region last = commits.get(COMMITS - 1);
        return DamagedDirectory.read(
                cycle, headerOf(fromCommit), (int) (last.offset() + last.length() - headerOf(fromCommit)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldCutWhenTheLastCommitIsTornAboveTheWatermark(final Tear tear) throws IOException {
        CrashedDirectory.letMachineDie(crashed);
        tear(COMMITS, tear);
        expectCutBefore(COMMITS);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCutAndDiscardGoodCommitsWhenTheyLieBehindAHoleAboveTheWatermark(final Tear tear) throws IOException {
        CrashedDirectory.letMachineDie(crashed);
        tear(FORCED + 1, tear);
        expectCutBefore(FORCED + 1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseWhenTheTearIsAtOrBelowTheWatermark(final Tear tear) throws IOException {
        CrashedDirectory.letMachineDie(crashed);
        for (int commit = FORCED; commit > 0; commit--) {
            tear(commit, tear);
            expectRefusalAt(commit);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseWhenOnlyTheProcessDied(final Tear tear) throws IOException {
        for (final int commit : new int[] {COMMITS, FORCED + 1, FORCED, 1}) {
            tear(commit, tear);
            expectRefusalAt(commit);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepUnforcedCommitsWhenNothingIsTorn(final boolean machineDied) throws IOException {
        if (machineDied) {
            CrashedDirectory.letMachineDie(crashed);
        }
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            final RecoveryReport recovery = fixture.journal.recovery();
            assertFalse(recovery.cut());
            assertEquals(
                    machineDied ? RecoveryReport.Left.MACHINE_DIED : RecoveryReport.Left.PROCESS_DIED, recovery.left());
            assertEquals(FORCED, recovery.watermarkSequence());
            assertEquals(lines, fixture.replayed.lines);
        }
        assertEquals(List.of(), CrashedDirectory.kept(crashed));
    }

    /** A commit that was never published leaves bytes behind the end, to which Chronicle's next header would lead. */
    @Test
    void shouldCutWhenThereAreBytesBehindAMissingHeader() throws IOException {
        CrashedDirectory.letMachineDie(crashed);
        DamagedDirectory.zero(cycle, headerOf(FORCED + 1), DamagedDirectory.EXCERPT_HEADER_LENGTH);
        expectCutBefore(FORCED + 1);
    }

    private void expectCutBefore(final int commit) throws IOException {
        final byte[] bytes = unforcedBytes(commit);
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            expectReport(fixture.journal.recovery(), commit);
            assertEquals(lines.subList(0, LINES_PER_COMMIT * (commit - 1)), fixture.replayed.lines);
            assertEquals(commit, fixture.commitEvent(1, "next").journal.journaledSequence());
        }
        final List<Path> kept = CrashedDirectory.kept(crashed);
        assertEquals(2, kept.size(), kept.toString());
        final byte[] keptBytes = Files.readAllBytes(kept.get(0));
        assertArrayEquals(withoutZeros(bytes), keptBytes);
        assertTrue(Files.readString(kept.get(1)).contains("cut at "), "the report must tell of the cut");
        expectReopensWhole(commit);
    }

    private void expectReport(final RecoveryReport recovery, final int commit) {
        assertTrue(recovery.cut());
        assertEquals(RecoveryReport.Left.MACHINE_DIED, recovery.left());
        assertEquals(commit - 1, recovery.lastSequence());
        assertEquals(FORCED, recovery.watermarkSequence());
        assertEquals(cycle, recovery.cutFile());
        assertEquals(headerOf(commit), recovery.cutOffset());
        assertEquals(crashed.resolve("cut"), recovery.keptIn());
        assertTrue(recovery.cutBytes() > 0);
    }

    private void expectReopensWhole(final int commit) throws IOException {
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertFalse(fixture.journal.recovery().cut());
            assertEquals(RecoveryReport.Left.CLOSED, fixture.journal.recovery().left());
            assertEquals(LINES_PER_COMMIT * commit, fixture.replayed.lines.size());
            assertEquals(fixture.replayed.lines, fixture.read(1));
        }
        assertEquals(2, CrashedDirectory.kept(crashed).size());
    }

    private static byte[] withoutZeros(final byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    private void expectRefusalAt(final int commit) {
        final JournalCorruptException refusal = refusal();
        assertEquals(cycle, refusal.file());
        assertEquals(commit, refusal.sequence());
        assertEquals(commits.get(commit - 1).offset(), refusal.fileOffset());
    }

    private JournalCorruptException refusal() {
        return assertThrows(
                JournalCorruptException.class,
                () -> JournalFixture.open(crashed).close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "empty", "bad"})
    void shouldCutOnlyIfNothingGoodFollowsWhenNoWatermarkCanBeRead(final String how) throws IOException {
        CrashedDirectory.letMachineDie(crashed);
        loseWatermark(how);
        tear(COMMITS - 1, Tear.PAYLOAD);
        expectRefusalAt(COMMITS - 1);
        tear(COMMITS, Tear.PAYLOAD);
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertTrue(fixture.journal.recovery().cut());
            assertEquals(-1, fixture.journal.recovery().watermarkSequence());
            assertEquals(lines.subList(0, LINES_PER_COMMIT * (COMMITS - 2)), fixture.replayed.lines);
        }
        JournalFixture.open(crashed).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "empty", "bad"})
    void shouldOpenWhenNoWatermarkCanBeReadAndNothingIsTorn(final String how) throws IOException {
        loseWatermark(how);
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertFalse(fixture.journal.recovery().cut());
            assertEquals(lines, fixture.replayed.lines);
        }
        try (JournalFixture fixture = JournalFixture.open(crashed)) {
            assertEquals(COMMITS, fixture.journal.recovery().watermarkSequence());
        }
    }

    private void loseWatermark(final String how) throws IOException {
        final Path watermark = crashed.resolve("watermark");
        switch (how) {
            case "deleted" -> Files.delete(watermark);
            case "empty" -> Files.write(watermark, new byte[0]);
            default -> {
                DamagedDirectory.flip(watermark, 50, 1);
                DamagedDirectory.flip(watermark, PAGE_BYTES + 50, 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, PAGE_BYTES})
    void shouldGoByTheOtherCopyWhenOneOfTheWatermarkIsBad(final int badCopy) throws IOException {
        CrashedDirectory.letMachineDie(crashed);
        DamagedDirectory.zero(crashed.resolve("watermark"), badCopy, PAGE_BYTES);
        final byte[] good = unforcedBytes(FORCED);
        tear(FORCED, Tear.PAYLOAD);
        expectRefusalAt(FORCED);
        DamagedDirectory.write(cycle, headerOf(FORCED), good);
        tear(FORCED + 1, Tear.PAYLOAD);
        expectCutBefore(FORCED + 1);
    }

    @Test
    void shouldRefuseWhenTheWatermarkIsOfAnotherJournal() throws IOException {
        CrashedDirectory.letMachineDie(crashed);
        final Path other = temporary.resolve("other");
        JournalFixture.open(other).close();
        final Path watermark = crashed.resolve("watermark");
        Files.copy(other.resolve("watermark"), watermark, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(watermark, refusal().file());
    }

    @Test
    void shouldRefuseWhenTheJournalEndsCleanlyBelowTheWatermark() throws IOException {
        CrashedDirectory.letMachineDie(crashed);
        DamagedDirectory.zero(cycle, headerOf(FORCED), unforcedBytes(FORCED).length);
        assertEquals(FORCED, refusal().sequence());
    }
}
