package io.millrace.examples.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdIndexTest {
    private static final int COUNT = 200_000;
    private static final long SEED = 3;

    private final long[] lows = new long[COUNT + 1];
    private final long[] highs = new long[COUNT + 1];
    private final IdIndex index =
            new IdIndex((value, lo, hi) -> lows[Math.abs(value)] == lo && highs[Math.abs(value)] == hi);

    private enum Pattern {
        DENSE,
        HIGH_HALF_ONLY,
        STRIDED,
        RANDOM
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindEveryIdAndNoOtherWhenSegmentsHaveSplit(final Pattern pattern) {
        final Random random = new Random(SEED);
        for (int i = 1; i <= COUNT; i++) {
            lows[i] = switch (pattern) {
                case DENSE -> i;
                case HIGH_HALF_ONLY -> 0;
                case STRIDED -> (long) i << 32;
                case RANDOM -> random.nextLong();
            };
            highs[i] = pattern == Pattern.HIGH_HALF_ONLY ? i : pattern == Pattern.RANDOM ? random.nextLong() : 0;
            assertEquals(0, index.find(lows[i], highs[i]));
            index.insert(lows[i], highs[i], value(i));
        }
        for (int i = 1; i <= COUNT; i++) {
            assertEquals(value(i), index.find(lows[i], highs[i]), () -> "seed " + SEED);
            assertEquals(0, index.find(lows[i] + 1, highs[i] ^ Long.MIN_VALUE), () -> "seed " + SEED);
        }
        index.clear();
        assertEquals(0, index.find(lows[1], highs[1]));
    }

    /** Burnt ids are negative. */
    private static int value(final int i) {
        return i % 3 == 0 ? -i : i;
    }
}
