package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.internal.StreamHeads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {0, 1, 5, 10_000})
class StreamHeadsTest {
    private static final int EVENTS = 20_000;
    private static final long LONG_VERSION = 0xFFFF;
    private static final long MAX_SEQUENCE = (1L << 48) - 1;

    private record Head(long sequence, long version) {}

    @Parameter
    private int denseStreams;

    private final Random random = Seed.random(StreamHeadsTest.class);
    private final Map<Long, Head> model = new HashMap<>();
    private final List<Long> streams = new ArrayList<>();

    /** Dense, spread out, alike in their low or in their high bits; one in three is known already. */
    private long streamId() {
        if (!streams.isEmpty() && random.nextInt(3) == 0) {
            return streams.get(random.nextInt(streams.size()));
        }
        final long number = random.nextInt(EVENTS);
        return switch (random.nextInt(4)) {
            case 0 -> number;
            case 1 -> -number;
            case 2 -> number << 40;
            default -> random.nextLong();
        };
    }

    private void advance(final StreamHeads heads, final long streamId, final long sequence) {
        final Head before = model.getOrDefault(streamId, new Head(0, 0));
        heads.advance(streamId, sequence);
        assertEquals(before.sequence(), heads.advancedPrevious());
        assertEquals(before.version() + 1, heads.advancedVersion());
        if (model.put(streamId, new Head(sequence, before.version() + 1)) == null) {
            streams.add(streamId);
        }
    }

    private void expectAll(final StreamHeads heads) {
        assertEquals(model.size(), heads.size());
        model.forEach((streamId, head) -> assertEquals(head.sequence(), heads.lastSequence(streamId)));
    }

    @Test
    void shouldKnowTheNewestEventOfEveryStreamWhenItGrows() {
        final StreamHeads heads = new StreamHeads(1, denseStreams);
        for (long sequence = 1; sequence <= EVENTS; sequence++) {
            final long streamId = streamId();
            advance(heads, streamId, sequence);
            assertEquals(sequence, heads.lastSequence(streamId));
            if (sequence % (EVENTS / 10) == 0) {
                expectAll(heads);
            }
        }
        expectAll(heads);
    }

    @Test
    void shouldSayZeroOfAStreamWithoutEventsHoweverFullItIs() {
        final StreamHeads heads = new StreamHeads(1, denseStreams);
        for (long sequence = 1; sequence <= EVENTS; sequence++) {
            advance(heads, streamId(), sequence);
            final long other = random.nextLong();
            assertEquals(model.getOrDefault(other, new Head(0, 0)).sequence(), heads.lastSequence(other));
        }
    }

    @Test
    void shouldGoOnWhereAStreamWasTakenUpButNotTakeUpOneThatItKnows() {
        final StreamHeads heads = new StreamHeads(1, denseStreams);
        heads.resume(5, 10, 100);
        assertEquals(100, heads.lastSequence(5));
        model.put(5L, new Head(100, 10));
        advance(heads, 5, 101);
        heads.resume(5, 20, 200);
        advance(heads, 5, 102);
        expectAll(heads);
    }

    @Test
    void shouldChangeNothingWhenItReadsAhead() {
        final StreamHeads heads = new StreamHeads(1, denseStreams);
        for (long sequence = 1; sequence <= EVENTS; sequence++) {
            advance(heads, streamId(), sequence);
        }
        heads.prefetch(random.longs(1000).toArray(), 1000);
        expectAll(heads);
    }

    @Test
    void shouldCountOnWhenAVersionOutgrowsItsEntry() {
        final StreamHeads heads = new StreamHeads(1, denseStreams);
        for (long sequence = 1; sequence <= 3 * LONG_VERSION; sequence++) {
            advance(heads, sequence % 2, sequence);
        }
        for (long sequence = 3 * LONG_VERSION + 1; sequence <= 3 * LONG_VERSION + EVENTS; sequence++) {
            advance(heads, streamId(), sequence);
        }
        expectAll(heads);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, LONG_VERSION - 1, LONG_VERSION, LONG_VERSION + 1, 1L << 48, Long.MAX_VALUE - 2})
    void shouldTakeUpAStreamAtAnyVersion(final long version) {
        final StreamHeads heads = new StreamHeads(1, denseStreams);
        heads.resume(-7, version, MAX_SEQUENCE - 2);
        model.put(-7L, new Head(MAX_SEQUENCE - 2, version));
        advance(heads, -7, MAX_SEQUENCE - 1);
        advance(heads, -7, MAX_SEQUENCE);
        expectAll(heads);
    }

    @Test
    void shouldRefuseASequenceThatDoesNotFitAndKeepWhatItKnows() {
        final StreamHeads heads = new StreamHeads(1, denseStreams);
        advance(heads, 3, MAX_SEQUENCE);
        final JournalException known = assertThrows(JournalException.class, () -> heads.advance(3, MAX_SEQUENCE + 1));
        assertTrue(known.getMessage().contains("sequence=" + (MAX_SEQUENCE + 1)), known.getMessage());
        assertThrows(JournalException.class, () -> heads.advance(4, MAX_SEQUENCE + 1));
        assertThrows(JournalException.class, () -> heads.resume(4, 1, MAX_SEQUENCE + 1));
        expectAll(heads);
    }
}
