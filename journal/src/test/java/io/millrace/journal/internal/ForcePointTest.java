package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A forcing thread sees the fields of one publication, never of two. */
class ForcePointTest {
    private static final int PUBLICATIONS = 1_000_000;

    @Test
    void shouldBeEmptyAtFirst() {
        final ForcePoint point = new ForcePoint();
        point.read();
        assertEquals(0, point.sequence());
        assertEquals(-1, point.cycle());
    }

    @Test
    void shouldShowWhatWasReadWhenMoreIsPublished() {
        final ForcePoint point = new ForcePoint();
        point.publish(1, 2, 3, 4);
        point.read();
        point.publish(5, 6, 7, 8);
        assertEquals(1, point.sequence());
        assertEquals(2, point.chain());
        assertEquals(3, point.cycle());
        assertEquals(4, point.endOffset());
    }

    @Test
    void shouldNeverMixTwoPublications() throws InterruptedException {
        final ForcePoint point = new ForcePoint();
        point.publish(0, 0, 0, 0);
        final Thread publishing = new Thread(() -> {
            for (int i = 1; i <= PUBLICATIONS; i++) {
                point.publish(i, -(long) i, i, 3L * i);
            }
        });
        publishing.start();
        long last = 0;
        while (last < PUBLICATIONS) {
            point.read();
            final long sequence = point.sequence();
            assertTrue(sequence >= last);
            assertEquals(-sequence, point.chain());
            assertEquals(sequence, point.cycle());
            assertEquals(3 * sequence, point.endOffset());
            last = sequence;
        }
        publishing.join();
    }
}
