package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream is exactly the events with its id, both ways, also across commits, openings and cycles. */
class StreamReaderTest {
    private static final int STREAMS = 200;

    @TempDir
    Path directory;

    private final Random random = Seed.random(getClass());
    private final Map<Long, List<String>> model = new HashMap<>();

    @Test
    void shouldDeliverWhatTheModelHoldsWhenStreamsAreRandom() {
        for (int opening = 0; opening < 3; opening++) {
            try (JournalFixture fixture = JournalFixture.open(directory);
                    StreamReader streams = fixture.journal.newStreamReader()) {
                for (int commit = 0; commit < 300; commit++) {
                    appendRandomCommit(fixture);
                }
                for (long stream = 0; stream <= STREAMS; stream++) {
                    compare(streams, stream);
                }
            }
        }
    }

    private void appendRandomCommit(final JournalFixture fixture) {
        for (int command = random.nextInt(3); command >= 0; command--) {
            for (int event = random.nextInt(4); event > 0; event--) {
                // Squared, so that some streams are long and others hardly used.
                final int root = random.nextInt(15);
                final long stream = root * root;
                final List<String> events = model.computeIfAbsent(stream, id -> new ArrayList<>());
                final String payload = "of " + stream + " number " + (events.size() + 1);
                fixture.event(stream, payload);
                events.add(payload);
            }
            fixture.accept(1, 1);
        }
        fixture.commit();
    }

    private void compare(final StreamReader streams, final long stream) {
        final List<String> expected = new ArrayList<>(model.getOrDefault(stream, List.of()));
        final List<String> found = new ArrayList<>();
        assertEquals(expected.size(), streams.readForward(stream, event -> found.add(payload(event))));
        assertEquals(expected, found);

        Collections.reverse(expected);
        found.clear();
        final int some = expected.isEmpty() ? 1 : 1 + random.nextInt(expected.size());
        assertEquals(
                Math.min(some, expected.size()),
                streams.readBackward(stream, event -> found.add(payload(event)), some));
        assertEquals(expected.subList(0, found.size()), found);
    }

    private static String payload(final EventView event) {
        return event.buffer().getStringWithoutLengthUtf8(event.offset(), event.length());
    }

    @Test
    void shouldCountVersionsAndPointBackWhenStreamsInterleave() {
        try (JournalFixture fixture = JournalFixture.open(directory);
                StreamReader streams = fixture.journal.newStreamReader()) {
            fixture.event(1, "a").event(2, "b").event(1, "c").accept(1, 1);
            fixture.event(1, "d").accept(1, 2).commit();
            assertEquals(0, streams.lastSequence(3));
            assertEquals(4, streams.lastSequence(1));
            final List<String> versions = new ArrayList<>();
            streams.readForward(1, event -> versions.add(event.streamVersion() + " after " + event.previousSequence()));
            assertEquals(List.of("1 after 0", "2 after 1", "3 after 3"), versions);
        }
    }

    @Test
    void shouldBeUsableAgainWhenTheHandlerThrew() {
        try (JournalFixture fixture = JournalFixture.open(directory);
                StreamReader streams = fixture.journal.newStreamReader()) {
            fixture.commitEvent(1, "a").commitEvent(1, "b");
            assertThrows(
                    IllegalStateException.class,
                    () -> streams.readForward(1, event -> {
                        throw new IllegalStateException("on purpose");
                    }));
            final List<String> found = new ArrayList<>();
            assertEquals(2, streams.readForward(1, event -> found.add(payload(event))));
            assertEquals(List.of("a", "b"), found);
        }
    }

    @Test
    void shouldLeaveNoTraceWhenACommandWasAbandoned() {
        try (JournalFixture fixture = JournalFixture.open(directory);
                StreamReader streams = fixture.journal.newStreamReader()) {
            fixture.event(1, "abandoned").abandon();
            fixture.event(2, "discarded").discardEvents().reject(1, 1, 1).commit();
            fixture.commitEvent(2, "kept");
            assertEquals(0, streams.lastSequence(1));
            assertEquals(1, streams.lastSequence(2));
            assertEquals(1, streams.readForward(2, event -> assertEquals(1, event.streamVersion())));
        }
    }
}
