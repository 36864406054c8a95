package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PieceSizeTest {
    private static final int CYCLE = 3;
    private static final int NONE = 0;

    private final PieceSize size = new PieceSize();
    private long nowNs = System.nanoTime();
    private long endOffset = 100_000;

    @BeforeEach
    void forceOnce() {
        size.onForce(CYCLE, endOffset, nowNs);
    }

    private void forceAfter(final long millis, final long bytes) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(millis);
        endOffset += bytes;
        size.onForce(CYCLE, endOffset, nowNs);
    }

    @Test
    void shouldBeLargeBeforeAnythingIsKnown() {
        assertEquals(PieceSize.LARGE_BYTES, new PieceSize().bytes());
    }

    @Test
    void shouldBeLargeWhenForcesAreFarApartAndCoverOne() {
        forceAfter(1000, PieceSize.LARGE_BYTES);
        assertEquals(PieceSize.LARGE_BYTES, size.bytes());
    }

    @Test
    void shouldBeSmallWhenLittleIsWrittenBetweenForces() {
        forceAfter(1000, PieceSize.LARGE_BYTES - 1);
        assertEquals(PieceSize.SMALL_BYTES, size.bytes());
    }

    @Test
    void shouldBeSmallWhenSingleCommandsAreForcedOneBehindTheOther() {
        forceAfter(1, 200);
        assertEquals(PieceSize.SMALL_BYTES, size.bytes());
    }

    @Test
    void shouldFillNothingWhenFrequentForcesCoverMany() {
        forceAfter(1, 300_000);
        assertEquals(NONE, size.bytes());
        forceAfter(1, PieceSize.LARGE_BYTES);
        assertEquals(NONE, size.bytes());
        forceAfter(1000, 300_000);
        assertEquals(PieceSize.SMALL_BYTES, size.bytes());
    }

    @Test
    void shouldCountFromTheStartOfTheFileWhenACycleHasBegun() {
        size.onForce(CYCLE + 1, PieceSize.LARGE_BYTES, nowNs + TimeUnit.SECONDS.toNanos(1));
        assertEquals(PieceSize.LARGE_BYTES, size.bytes());
        size.onForce(CYCLE + 2, 5_000, nowNs + TimeUnit.SECONDS.toNanos(2));
        assertEquals(PieceSize.SMALL_BYTES, size.bytes());
    }

    @Test
    void shouldFillNothingForAWhileWhenAShortForceComesBetweenLongOnes() {
        forceAfter(1, 300_000);
        forceAfter(1, 200);
        assertEquals(NONE, size.bytes());
        for (int i = 0; i < 20; i++) {
            forceAfter(1, 200);
        }
        assertEquals(PieceSize.SMALL_BYTES, size.bytes());
    }

    @Test
    void shouldSayWhetherForcesFollowEachOther() {
        forceAfter(1, 200);
        assertTrue(size.isForcedOften());
        forceAfter(1000, 200);
        assertFalse(size.isForcedOften());
    }
}
