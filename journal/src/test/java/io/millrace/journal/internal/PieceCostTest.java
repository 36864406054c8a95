package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PieceCostTest {
    private static final int LARGE = PieceSize.LARGE_BYTES;
    private static final int MEDIUM = PieceCost.MEDIUM_BYTES;
    private static final int PAGE_BYTES = 4096;
    private static final long CHEAP_NS = 100;
    private static final long DEAR_NS = 2500;

    private final PieceCost cost = new PieceCost();
    private long offset;

    /** Fills as much as a large piece; returns in which pieces. */
    private int fill(final long largePageNs, final long mediumPageNs) {
        final long end = offset + LARGE;
        int first = 0;
        while (offset < end) {
            final int piece = cost.pieceBytes(offset);
            first = first == 0 ? piece : first;
            assertEquals(first, piece, "pieces must have one length up to the end of a large one");
            cost.onFilled(piece, piece / PAGE_BYTES * (piece == LARGE ? largePageNs : mediumPageNs));
            offset += piece;
        }
        return first;
    }

    private int countLarge(final int fills, final long largePageNs, final long mediumPageNs) {
        int large = 0;
        for (int i = 0; i < fills; i++) {
            large += fill(largePageNs, mediumPageNs) == LARGE ? 1 : 0;
        }
        return large;
    }

    @Test
    void shouldFillLargePiecesWhenNothingIsKnown() {
        assertEquals(LARGE, cost.pieceBytes(0));
    }

    @Test
    void shouldTryMediumPiecesSoonWhenItHasFilledALargeOne() {
        assertEquals(LARGE, fill(DEAR_NS, CHEAP_NS));
        assertEquals(MEDIUM, fill(DEAR_NS, CHEAP_NS));
    }

    @Test
    void shouldFillMediumPiecesWhenAPageIsFarCheaperInThem() {
        final int fills = 1000;
        final int large = countLarge(fills, DEAR_NS, CHEAP_NS);
        assertTrue(large < fills / 50, "large pieces: " + large);
    }

    @Test
    void shouldFillLargePiecesWhenAPageCostsTheSameInBoth() {
        final int fills = 1000;
        final int large = countLarge(fills, DEAR_NS, DEAR_NS);
        assertTrue(large > fills - fills / 50, "large pieces: " + large);
    }

    @Test
    void shouldGoBackToLargePiecesWhenMediumOnesBecomeAsDear() {
        countLarge(100, DEAR_NS, CHEAP_NS);
        assertTrue(countLarge(20, DEAR_NS, DEAR_NS) > 15);
    }

    @Test
    void shouldNoticeWhenLargePiecesHaveBecomeCheap() {
        countLarge(10_000, DEAR_NS, CHEAP_NS);
        assertTrue(countLarge(1000, CHEAP_NS, CHEAP_NS) > 700);
    }

    @Test
    void shouldLearnNothingFromShortRemainders() {
        cost.pieceBytes(0);
        cost.onFilled(LARGE, 1000);
        cost.pieceBytes(LARGE);
        cost.onFilled(MEDIUM - 1, 1);
        assertEquals(LARGE, cost.pieceBytes(2L * LARGE));
    }
}
