package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a cycle ends and the next begins, and that nobody who reads or opens the journal sees a difference. */
class RollTest {
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long YEARS_NS = 3652 * DAY_NS;

    @TempDir
    Path directory;

    private final AtomicLong nowNs = new AtomicLong(20_000 * DAY_NS);

    private JournalConfig config() {
        return JournalFixture.config(directory, nowNs::get);
    }

    private List<String> names() throws IOException {
        return DamagedDirectory.cycles(directory).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** The cycles that the manifest lists. */
    private List<String> listed() throws IOException {
        final List<String> listed = new ArrayList<>();
        for (final String line : Files.readAllLines(directory.resolve("manifest"))) {
            if (line.startsWith("cycle.")) {
                listed.add(line.substring(line.indexOf('=') + 1).split(" ")[0]);
            }
        }
        return listed;
    }

    @Test
    void shouldRollWhenTheNextCommitWouldNotFit() throws IOException {
        final int rollBytes = 150_000;
        try (JournalFixture fixture = new JournalFixture(config().rollBytes(rollBytes))) {
            for (int i = 1; i <= 20; i++) {
                fixture.commitEvent(1, "x".repeat(20_000));
            }
        }
        for (final Path cycle : DamagedDirectory.cycles(directory)) {
            final List<DamagedDirectory.Region> commits = DamagedDirectory.commits(cycle);
            final DamagedDirectory.Region last = commits.get(commits.size() - 1);
            assertTrue(last.offset() + last.length() <= rollBytes, "cycle must end in time: " + cycle);
            assertTrue(commits.size() > 1 || cycle.endsWith(names().get(names().size() - 1)), commits::toString);
        }
        assertTrue(names().size() > 3, names().toString());
    }

    @Test
    void shouldTakeOneCommitPerCycleWhenACycleMayHoldNothing() throws IOException {
        try (JournalFixture fixture = new JournalFixture(config().rollBytes(1))) {
            for (int i = 1; i <= 5; i++) {
                fixture.commitEvent(1, "x");
            }
        }
        assertEquals(5, names().size());
    }

    @Test
    void shouldRollWithTheFirstCommitOfAnInterval() throws IOException {
        try (JournalFixture fixture = new JournalFixture(config().rollIntervalNs(60 * MINUTE_NS))) {
            fixture.commitEvent(1, "a");
            nowNs.addAndGet(59 * MINUTE_NS);
            fixture.commitEvent(1, "b");
            assertEquals(List.of("00100001M.cq4"), names());
            nowNs.addAndGet(61 * MINUTE_NS);
            fixture.commitEvent(1, "c");
            assertEquals(List.of("00100001M.cq4", "00100002M.cq4"), names());
        }
    }

    @Test
    void shouldNumberCyclesOneAfterTheOther() throws IOException {
        try (JournalFixture fixture = new JournalFixture(config().rollBytes(1))) {
            fixture.commitEvent(1, "a").commitEvent(1, "b").commitEvent(1, "c");
        }
        assertEquals(List.of("00100001M.cq4", "00100002M.cq4", "00100003M.cq4"), names());
    }

    @Test
    void shouldGoOnWhenTheClockStepsBackOrJumps() throws IOException {
        final JournalConfig config = config().rollIntervalNs(DAY_NS);
        try (JournalFixture fixture = new JournalFixture(config)) {
            fixture.commitEvent(1, "a");
            nowNs.addAndGet(-100 * DAY_NS);
            fixture.commitEvent(1, "b");
            assertEquals(1, names().size());
            nowNs.addAndGet(100 * DAY_NS + YEARS_NS);
            fixture.commitEvent(1, "c");
            nowNs.addAndGet(-YEARS_NS);
            fixture.commitEvent(1, "d");
        }
        assertEquals(List.of("00100001M.cq4", "00100002M.cq4"), names());
        expectLines(4, config);
    }

    @Test
    void shouldGoOnWhenTheClockIsBehindAtTheNextOpening() throws IOException {
        for (int i = 1; i <= 4; i++) {
            try (JournalFixture fixture = new JournalFixture(config().rollBytes(1))) {
                fixture.commitEvent(1, "x");
            }
            nowNs.addAndGet(i == 2 ? YEARS_NS : -YEARS_NS);
        }
        assertEquals(names().stream().sorted().distinct().toList(), names());
        expectLines(4, config());
    }

    @Test
    void shouldListACycleInTheManifestOnceItWasForced() throws IOException {
        try (JournalFixture fixture = new JournalFixture(config().rollBytes(1))) {
            for (int i = 1; i <= 3; i++) {
                fixture.commitEvent(1, "x");
                assertEquals(i - 1, listed().size());
                fixture.journal.force();
                assertEquals(names(), listed());
            }
        }
    }

    @Test
    void shouldReadAcrossManyCycles() throws IOException {
        final int commits = 60;
        final List<String> lines;
        try (JournalFixture fixture = new JournalFixture(config().rollBytes(1));
                JournalReader ahead = fixture.journal.newReader(1);
                StreamReader streams = fixture.journal.newStreamReader()) {
            final JournalFixture.Recorder recorder = new JournalFixture.Recorder();
            for (int i = 1; i <= commits; i++) {
                fixture.commitEvent(i % 3, "x" + i);
                assertEquals(1, ahead.poll(recorder, 16));
            }
            lines = fixture.read(1);
            assertEquals(lines, recorder.lines);
            assertEquals(lines.subList(3 * 40, lines.size()), fixture.read(41));
            final List<Long> versions = new ArrayList<>();
            streams.readForward(1, event -> versions.add(event.streamVersion()));
            assertEquals(commits / 3, versions.size());
        }
        assertEquals(commits, names().size());
        try (JournalFixture fixture = new JournalFixture(config().rollBytes(1))) {
            assertEquals(lines, fixture.replayed.lines);
            assertEquals(lines, fixture.read(1));
        }
    }

    @Test
    void shouldGoOnWhenClosedAndOpenedAtAnyPoint() throws IOException {
        final JournalConfig config = config().rollBytes(120_000);
        for (int i = 1; i <= 12; i++) {
            try (JournalFixture fixture = new JournalFixture(config)) {
                assertFalse(fixture.journal.recovery().cut());
                assertEquals(
                        i, fixture.commitEvent(1, "x".repeat(15_000)).journal.journaledSequence());
                assertEquals(3L * i, fixture.read(1).size());
            }
            assertEquals(names(), listed());
        }
        assertTrue(names().size() > 2, names().toString());
        expectLines(12, config);
    }

    private static void expectLines(final int commits, final JournalConfig config) {
        try (JournalFixture fixture = new JournalFixture(config)) {
            assertEquals(3 * commits, fixture.replayed.lines.size());
            assertEquals(fixture.replayed.lines, fixture.read(1));
            assertEquals(commits + 1, fixture.commitEvent(1, "next").journal.force());
        }
    }
}
