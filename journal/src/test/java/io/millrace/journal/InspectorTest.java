package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.JournalState.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an inspection says of a journal, beside a writer too, and that it leaves no trace. */
class InspectorTest {
    private static final int COMMITS = 6;
    private static final int FORCED = 3;
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("journal");
    }

    /** Six commits, two in a cycle; the first three were forced. Returns what a reader finds. */
    private List<String> write() throws IOException {
        try (JournalFixture fixture = open()) {
            for (int i = 1; i <= COMMITS; i++) {
                fixture.commitEvent(i % 2, "x".repeat(20_000));
                if (i == FORCED) {
                    fixture.journal.force();
                }
            }
            CrashedDirectory.copyAfterMachineDied(directory(), crashed());
            return fixture.read(1);
        }
    }

    private JournalFixture open() {
        return new JournalFixture(JournalFixture.config(directory()).rollBytes(115_000));
    }

    private Path crashed() {
        return temporary.resolve("crashed");
    }

    private static void tear(final Path directory, final int commit) throws IOException {
        final Path cycle = DamagedDirectory.cycles(directory).get((commit - 1) / 2);
        final DamagedDirectory.Region region = DamagedDirectory.commits(cycle).get((commit - 1) % 2);
        DamagedDirectory.zero(cycle, region.offset() + 4096L, 4096);
    }

    private static JournalState verify(final Path directory) {
        return JournalInspector.at(directory).verify();
    }

    @Test
    void shouldSayWhatIsThereWhenAllIsWell() throws IOException {
        write();
        final JournalState state = verify(directory());
        assertEquals(Verdict.OK, state.verdict());
        assertNull(state.damage());
        assertEquals(COMMITS, state.commits());
        assertEquals(COMMITS, state.commands());
        assertEquals(1, state.firstSequence());
        assertEquals(COMMITS, state.lastSequence());
        assertEquals(3, state.cycles().size());
        assertEquals(new JournalState.Watermark(COMMITS, true), state.watermark());
        assertEquals(ProcessHandle.current().pid(), state.holder().pid());
        assertEquals(RecoveryReport.Left.CLOSED, state.holder().left());
        assertEquals(1, state.epoch());
        assertEquals(JournalFixture.BLOCK_SIZE_BYTES, state.blockSizeBytes());
    }

    @Test
    void shouldDescribeEachCycle() throws IOException {
        write();
        long next = 1;
        for (final JournalState.Cycle cycle : verify(directory()).cycles()) {
            assertEquals(next, cycle.firstSequence());
            assertEquals(next + 1, cycle.lastSequence());
            assertEquals(2, cycle.commits());
            assertEquals(Files.size(cycle.file()), cycle.fileBytes());
            assertTrue(cycle.commitBytes() > 40_000 && cycle.firstTimestampNs() > 0, cycle.toString());
            assertEquals(next + 1 < COMMITS, cycle.closed());
            next += 2;
        }
    }

    @Test
    void shouldSayTornWithPlaceAndRemedyWhenAnOpeningWouldCut() throws IOException {
        write();
        tear(crashed(), 5);
        final JournalState state = verify(crashed());
        assertEquals(Verdict.TORN, state.verdict());
        assertEquals(RecoveryReport.Left.MACHINE_DIED, state.holder().left());
        expectDamage(state, crashed(), 5);
        try (JournalFixture fixture = JournalFixture.open(crashed())) {
            assertEquals(state.lastSequence(), fixture.journal.recovery().lastSequence());
        }
        assertEquals(Verdict.OK, verify(crashed()).verdict());
    }

    @Test
    void shouldSayDamagedWithPlaceAndRemedyWhenAnOpeningWouldRefuse() throws IOException {
        write();
        for (final Path damaged : List.of(crashed(), directory())) {
            for (int commit = FORCED; commit > 0; commit--) {
                tear(damaged, commit);
                final JournalState state = verify(damaged);
                assertEquals(Verdict.DAMAGED, state.verdict());
                expectDamage(state, damaged, commit);
                final JournalCorruptException refusal =
                        assertThrows(JournalCorruptException.class, () -> JournalFixture.open(damaged));
                assertEquals(refusal.fileOffset(), state.damage().fileOffset());
            }
        }
    }

    private static void expectDamage(final JournalState state, final Path directory, final int commit)
            throws IOException {
        final JournalState.Damage damage = state.damage();
        assertNotNull(damage);
        final Path cycle = DamagedDirectory.cycles(directory).get((commit - 1) / 2);
        assertEquals(cycle, damage.file());
        assertEquals(DamagedDirectory.commits(cycle).get((commit - 1) % 2).offset(), damage.fileOffset());
        assertEquals(commit, damage.sequence());
        assertEquals(commit - 1, state.lastSequence());
        assertTrue(damage.cause().length() > 5, damage.toString());
        assertTrue(damage.remedy().contains("sequence " + (commit - 1)), damage.toString());
    }

    @Test
    void shouldDeliverFromASequenceOn() throws IOException {
        final List<String> lines = write();
        for (int from = 1; from <= COMMITS; from++) {
            final JournalFixture.Recorder recorder = new JournalFixture.Recorder();
            final JournalState state = JournalInspector.at(directory()).read(from, recorder);
            assertEquals(Verdict.OK, state.verdict());
            assertEquals(lines.subList(3 * (from - 1), lines.size()), recorder.lines);
        }
        final JournalFixture.Recorder beyond = new JournalFixture.Recorder();
        JournalInspector.at(directory()).read(COMMITS + 1, beyond);
        assertEquals(List.of(), beyond.lines);
        assertThrows(
                IllegalArgumentException.class,
                () -> JournalInspector.at(directory()).read(0, beyond));
    }

    @Test
    void shouldDeliverUpToTheDamage() throws IOException {
        final List<String> lines = write();
        tear(directory(), 5);
        final JournalFixture.Recorder recorder = new JournalFixture.Recorder();
        final JournalState state = JournalInspector.at(directory()).read(2, recorder);
        assertEquals(Verdict.DAMAGED, state.verdict());
        assertEquals(lines.subList(3, 3 * 4), recorder.lines);
    }

    @Test
    void shouldChangeNothing() throws IOException {
        write();
        tear(crashed(), 4);
        for (final Path inspected : List.of(directory(), crashed())) {
            final Map<Path, String> before = inventory(inspected);
            verify(inspected);
            JournalInspector.at(inspected).read(2, event -> {});
            assertEquals(before, inventory(inspected));
        }
    }

    private static Map<Path, String> inventory(final Path directory) throws IOException {
        final Map<Path, String> inventory = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.toList()) {
                final String content = Files.isDirectory(file) ? "" : "" + Arrays.hashCode(Files.readAllBytes(file));
                inventory.put(file, Files.getLastModifiedTime(file) + " " + content);
            }
        }
        return inventory;
    }

    @Test
    void shouldSeeEverythingJournaledWhileAWriterAppendsAndRolls() throws Exception {
        final AtomicBoolean done = new AtomicBoolean();
        try (JournalFixture fixture = open()) {
            final CompletableFuture<Void> writer = CompletableFuture.runAsync(
                    () -> appendUntil(done, fixture), command -> new Thread(command, "writer").start());
            try {
                while (fixture.journal.journaledSequence() < 2_000 && !writer.isDone()) {
                    final long before = fixture.journal.journaledSequence();
                    final JournalState state = verify(directory());
                    assertEquals(Verdict.OK, state.verdict(), () -> state.toString());
                    assertTrue(state.lastSequence() >= before, () -> before + " journaled before: " + state);
                    assertTrue(state.holder().alive());
                }
            } finally {
                done.set(true);
            }
            writer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void appendUntil(final AtomicBoolean done, final JournalFixture fixture) {
        for (int i = 1; !done.get() && i < 20_000; i++) {
            fixture.commitEvent(i % 7, "x".repeat(i * 37 % 4_000));
            if (i % 16 == 0) {
                fixture.journal.force();
            }
            if (i % 200 == 0) {
                fixture.journal.deleteBefore(fixture.journal.journaledSequence() - 500);
            }
        }
    }

    @Test
    void shouldTellHowFarItHasGot() throws IOException {
        write();
        final long[] last = new long[2];
        JournalInspector.at(directory())
                .progress((bytesDone, bytesTotal) -> {
                    assertTrue(bytesDone >= last[0] && bytesDone <= bytesTotal, () -> bytesDone + " of " + bytesTotal);
                    last[0] = bytesDone;
                    last[1] = bytesTotal;
                })
                .verify();
        assertTrue(last[0] > 0);
        assertEquals(last[1], last[0]);
    }

    @Test
    void shouldRefuseWhenThereIsNoJournal() {
        final Path nowhere = temporary.resolve("nowhere");
        assertThrows(JournalException.class, () -> verify(nowhere));
        assertThrows(JournalException.class, () -> verify(temporary));
        assertFalse(Files.exists(nowhere));
    }

    @Test
    void shouldNameTheManifestWhenItIsDamaged() throws IOException {
        write();
        DamagedDirectory.flip(directory().resolve("manifest"), 20, 1);
        final JournalCorruptException refusal = assertThrows(JournalCorruptException.class, () -> verify(directory()));
        assertEquals(directory().resolve("manifest"), refusal.file());
    }
}
