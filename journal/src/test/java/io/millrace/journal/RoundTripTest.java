package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is appended comes back: from a reader, from a stream, and after the journal was opened again. */
class RoundTripTest {
    private static final long DAY_NS = 86_400_000_000_000L;

    @TempDir
    Path directory;

    private final AtomicLong nowNs = new AtomicLong(1_000_000_000_000L);

    @Test
    void shouldDeliverWhatWasAppendedWhenRead() {
        try (JournalFixture fixture = open()) {
            fixture.event(5, "one").event(6, "two").result("fine").accept(11, 1);
            nowNs.addAndGet(17);
            fixture.result("no").reject(12, 9, 404).commit();
            fixture.commitEvent(5, "three");
            final List<String> expected = List.of(
                    "command 11.1 accepted 0 JOURNALED first=1 events=2 at=1000000000000 fine",
                    "event 1 type=7.3 stream=5.1 previous=0 at=1000000000000 one",
                    "event 2 type=7.3 stream=6.1 previous=0 at=1000000000000 two",
                    "command 12.9 rejected 404 JOURNALED first=3 events=0 at=1000000000017 no",
                    "end 2",
                    "command 1.3 accepted 0 JOURNALED first=3 events=1 at=1000000000017 ",
                    "event 3 type=7.3 stream=5.2 previous=1 at=1000000000017 three",
                    "end 3");
            assertEquals(expected, fixture.read(1));
            assertEquals(3, fixture.journal.journaledSequence());
        }
    }

    @Test
    void shouldKeepEveryValueOfAFieldWhenItIsAtItsLimit() {
        try (JournalFixture fixture = open()) {
            fixture.event(65_535, 65_535, Long.MIN_VALUE, new byte[] {'x'})
                    .event(1, 0, -1, new byte[] {'y'})
                    .accept(Long.MAX_VALUE, -1);
            nowNs.addAndGet(0xFFFF_FFFFL);
            fixture.reject(Long.MIN_VALUE, 0, 65_535).commit();
            assertEquals(
                    List.of(
                            "command 9223372036854775807.-1 accepted 0 JOURNALED first=1 events=2 at=1000000000000 ",
                            "event 1 type=65535.65535 stream=-9223372036854775808.1 previous=0 at=1000000000000 x",
                            "event 2 type=1.0 stream=-1.1 previous=0 at=1000000000000 y",
                            "command -9223372036854775808.0 rejected 65535 JOURNALED first=3 events=0 at=1004294967295 ",
                            "end 2"),
                    fixture.read(1));
        }
    }

    @Test
    void shouldReplayTheSameWhenOpenedAgain() {
        final List<String> live;
        try (JournalFixture fixture = open()) {
            fixture.event(5, "one").event(6, "two").accept(11, 1).commit();
            fixture.commitEvent(5, "three");
            live = fixture.read(1);
        }
        try (JournalFixture fixture = open()) {
            assertEquals(live, fixture.replayed.lines);
            fixture.commitEvent(6, "four");
            assertEquals(4, fixture.journal.journaledSequence());
        }
        try (JournalFixture fixture = open()) {
            final List<String> last = List.of("event 4 type=7.3 stream=6.2 previous=2 at=1000000000000 four", "end 4");
            assertEquals(
                    last,
                    fixture.replayed.lines.subList(fixture.replayed.lines.size() - 2, fixture.replayed.lines.size()));
            assertEquals(fixture.replayed.lines, fixture.read(1));
        }
    }

    @Test
    void shouldKeepCommandsWithoutEventsWhenACommitHoldsNothingElse() {
        final List<String> expected = List.of(
                "command 9.1 rejected 4 JOURNALED first=1 events=0 at=1000000000000 no",
                "end 0",
                "command 9.2 accepted 0 JOURNALED first=1 events=0 at=1000000000000 nothing to do",
                "command 9.3 rejected 5 JOURNALED first=1 events=0 at=1000000000000 ",
                "end 0");
        try (JournalFixture fixture = open()) {
            fixture.result("no").reject(9, 1, 4).commit();
            fixture.result("nothing to do").accept(9, 2).reject(9, 3, 5).commit();
            assertEquals(expected, fixture.read(1));
            assertEquals(0, fixture.journal.journaledSequence());
        }
        try (JournalFixture fixture = open()) {
            assertEquals(expected, fixture.replayed.lines);
            fixture.commitEvent(1, "first");
            assertEquals(1, fixture.journal.journaledSequence());
        }
    }

    @Test
    void shouldFillSeveralBlocksWhenCommitsHaveAnyLengthUpToTheLimit() {
        final Random random = Seed.random(getClass());
        final List<String> live;
        try (JournalFixture fixture = open()) {
            for (int i = 0; i < 60; i++) {
                fixture.commitEvent(i % 3, "x".repeat(length(random)));
            }
            live = fixture.read(1);
            assertEquals(180, live.size());
        }
        try (JournalFixture fixture = open()) {
            assertEquals(live, fixture.replayed.lines);
        }
    }

    /** One in four is as long as a commit may be. */
    private static int length(final Random random) {
        final int longest = JournalFixture.MAX_COMMIT_BYTES
                - JournalFormat.COMMIT_HEADER_LENGTH
                - JournalFormat.COMMAND_HEADER_LENGTH
                - JournalFormat.EVENT_HEADER_LENGTH;
        return random.nextInt(4) == 0 ? longest : 1 + random.nextInt(longest);
    }

    @Test
    void shouldGoOnInANewCycleWhenTheDayChanges() throws Exception {
        final List<String> live;
        try (JournalFixture fixture = open();
                JournalReader reader = fixture.journal.newReader(1)) {
            final JournalFixture.Recorder tailing = new JournalFixture.Recorder();
            for (int i = 0; i < 12; i++) {
                fixture.commitEvent(1, "event " + i);
                nowNs.addAndGet(i % 3 == 0 ? DAY_NS * (1 + i / 6) : 1);
                assertEquals(1, reader.poll(tailing, 2));
            }
            live = fixture.read(1);
            assertEquals(tailing.lines, live);
        }
        assertEquals(5, DamagedDirectory.cycles(directory).size());
        try (JournalFixture fixture = open()) {
            assertEquals(live, fixture.replayed.lines);
            fixture.commitEvent(1, "next");
            assertEquals(13, fixture.journal.journaledSequence());
        }
    }

    @Test
    void shouldNeverStepBackWhenTheClockDoes() {
        final List<Long> stamps = new ArrayList<>();
        try (JournalFixture fixture = open()) {
            fixture.commitEvent(1, "a");
            nowNs.addAndGet(-3 * DAY_NS);
            fixture.commitEvent(1, "b");
        }
        nowNs.set(1);
        try (JournalFixture fixture = open()) {
            fixture.commitEvent(1, "c");
            fixture.journal.newReader(1).poll(event -> stamps.add(event.timestampNs()), 9);
        }
        assertEquals(List.of(1_000_000_000_000L, 1_000_000_000_000L, 1_000_000_000_000L), stamps);
    }

    /** The last command of a commit is later than the commit's base, which is all that the envelope tells. */
    @Test
    void shouldNotStampBelowTheLastCommandWhenOpenedAgain() {
        try (JournalFixture fixture = open()) {
            fixture.event(1, "a").accept(1, 1);
            nowNs.addAndGet(500);
            fixture.event(1, "b").accept(1, 2).commit();
        }
        nowNs.set(1);
        try (JournalFixture fixture = open()) {
            assertEquals(1_000_000_000_500L, fixture.journal.nowNs());
        }
    }

    @Test
    void shouldCountOpeningsWhenOpenedManyTimes() {
        long journalId = 0;
        for (int epoch = 1; epoch <= 5; epoch++) {
            try (JournalFixture fixture = open()) {
                assertEquals(epoch, fixture.journal.epoch());
                assertTrue(journalId == 0 || journalId == fixture.journal.journalId());
                journalId = fixture.journal.journalId();
                fixture.commitEvent(1, "epoch " + epoch);
            }
        }
    }

    @Test
    void shouldBeSyncedUpToWhatItHeldWhenOpenedAgain() {
        try (JournalFixture fixture = open()) {
            fixture.commitEvent(1, "a").commitEvent(1, "b");
            assertEquals(0, fixture.journal.syncedSequence());
            assertEquals(2, fixture.journal.force());
            assertEquals(2, fixture.journal.syncedSequence());
            fixture.commitEvent(1, "c");
            assertEquals(2, fixture.journal.syncedSequence());
        }
        try (JournalFixture fixture = open()) {
            assertEquals(3, fixture.journal.syncedSequence());
        }
    }

    private JournalFixture open() {
        return new JournalFixture(JournalFixture.config(directory, nowNs::get));
    }
}
