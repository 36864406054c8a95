package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.journal.DamagedDirectory.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
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

    @BeforeEach
    void writeJournal() throws IOException {
        good = temporary.resolve("good");
        damaged = temporary.resolve("damaged");
        final AtomicLong nowNs = new AtomicLong(1_000_000_000_000L);
        try (JournalFixture fixture = new JournalFixture(JournalFixture.config(good, nowNs::get))) {
            fixture.event(1, "a").event(2, "bc").result("fine").accept(9, 1).commit();
            fixture.result("no").reject(9, 2, 7).commit();
            fixture.commitEvent(1, "d");
            fixture.commitEvent(2, "e");
        }
        final List<Path> cycles = DamagedDirectory.cycles(good);
        assertEquals(1, cycles.size());
        commits = DamagedDirectory.commits(cycles.get(0));
        assertEquals(COMMITS, commits.size());
        DamagedDirectory.copy(good, damaged);
        cycle = damaged.resolve(cycles.get(0).getFileName());
    }

    @Test
    void shouldRefuseWhenAnyByteOfACommitIsFlipped() throws IOException {
        final Random random = seeded();
        int opened = 0;
        for (int commit = 0; commit < COMMITS; commit++) {
            final Region region = commits.get(commit);
            for (int at = -DamagedDirectory.EXCERPT_HEADER_LENGTH; at < region.length(); at++) {
                final int mask = 1 << random.nextInt(8);
                final long offset = region.offset() + at;
                DamagedDirectory.flip(cycle, offset, mask);
                expectRefusal("commit " + commit + ", byte " + at + ", mask " + mask, commit);
                DamagedDirectory.flip(cycle, offset, mask);
                opened++;
            }
        }
        System.out.println("opened " + opened);
        try (JournalFixture fixture = JournalFixture.open(damaged)) {
            assertEquals(4, fixture.journal.journaledSequence());
        }
    }

    @Test
    void shouldRefuseWhenAnyBitOfAnExcerptHeaderIsFlipped() throws IOException {
        for (int commit = 0; commit < COMMITS; commit++) {
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                final long offset = commits.get(commit).offset() - DamagedDirectory.EXCERPT_HEADER_LENGTH + bit / 8;
                DamagedDirectory.flip(cycle, offset, 1 << bit % 8);
                expectRefusal("commit " + commit + ", header bit " + bit, commit);
                DamagedDirectory.flip(cycle, offset, 1 << bit % 8);
            }
        }
    }

    private void expectRefusal(final String damage, final int commit) {
        final long startNs = System.nanoTime();
        final JournalCorruptException refusal;
        try {
            refusal = assertThrows(
                    JournalCorruptException.class,
                    () -> JournalFixture.open(damaged).close(),
                    damage);
        } catch (final AssertionError e) {
            System.out.println(damage + ": " + e);
            return;
        } finally {
            final long ms = (System.nanoTime() - startNs) / 1_000_000;
            if (ms > 500) {
                System.out.println("SLOW " + ms + " " + damage);
            }
        }
        if (!cycle.equals(refusal.file())) {
            System.out.println(damage + " FILE " + refusal);
        }
        if (commits.get(commit).offset() != refusal.fileOffset()) {
            System.out.println(damage + " OFFSET " + commits.get(commit).offset() + " " + refusal);
        }
    }

    private static Random seeded() {
        final long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("CorruptionTest: -Dmillrace.seed=" + seed);
        return new Random(seed);
    }
}
