package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is appended comes back: from a reader, from a stream, and after the journal was opened again. */
class RoundTripTest {
    @TempDir
    Path directory;

    private final AtomicLong nowNs = new AtomicLong(1_000_000_000_000L);

    @Test
    void shouldDeliverWhatWasAppendedWhenRead() {
        try (JournalFixture fixture = new JournalFixture(JournalFixture.config(directory, nowNs::get))) {
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
    void shouldReplayTheSameWhenOpenedAgain() {
        final List<String> live;
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            fixture.event(5, "one").event(6, "two").accept(11, 1).commit();
            fixture.commitEvent(5, "three");
            live = fixture.read(1);
        }
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            assertEquals(live, fixture.replayed.lines);
            assertEquals(2, fixture.journal.epoch());
            fixture.commitEvent(6, "four");
            assertEquals(4, fixture.journal.journaledSequence());
        }
        try (JournalFixture fixture = JournalFixture.open(directory);
                StreamReader streams = fixture.journal.newStreamReader()) {
            final JournalFixture.Recorder recorder = new JournalFixture.Recorder();
            assertEquals(2, streams.readForward(6, recorder::onEvent));
            assertEquals(2, streams.readBackward(6, recorder::onEvent, 9));
            assertEquals(
                    List.of("two", "four", "four", "two"),
                    recorder.lines.stream()
                            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                            .toList());
        }
    }
}
