package io.millrace.projections.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class QueryGateTest {
    private static final int CHANGES = 50_000;
    private static final Patience ENDLESS = () -> {};

    private final QueryGate gate = new QueryGate();

    /** Guarded by the gate and nothing else. */
    private long left;

    private long right;

    @Test
    void shouldKeepQueriesAndChangesApartWhenBothGoOn() throws Exception {
        final AtomicBoolean done = new AtomicBoolean();
        final ExecutorService threads = Executors.newFixedThreadPool(3);
        final List<Future<Long>> queries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            queries.add(threads.submit(() -> queryUntil(done)));
        }
        for (int i = 0; i < CHANGES; i++) {
            gate.beginChange(ENDLESS);
            left++;
            right--;
            gate.endChange();
        }
        done.set(true);
        for (final Future<Long> query : queries) {
            assertEquals(0L, query.get(Waiting.LIMIT_NS, TimeUnit.NANOSECONDS));
        }
        threads.shutdown();
        assertEquals(CHANGES, left);
    }

    /** Returns how often the two numbers did not fit together. */
    private long queryUntil(final AtomicBoolean done) {
        long broken = 0;
        while (!done.get()) {
            gate.beginQuery();
            if (left + right != 0) {
                broken++;
            }
            gate.endQuery();
        }
        return broken;
    }

    @Test
    void shouldLetAQueryInWhenOneChangeFollowsTheOther() throws Exception {
        final AtomicBoolean asked = new AtomicBoolean();
        final Thread query = new Thread(() -> {
            gate.beginQuery();
            asked.set(true);
            gate.endQuery();
        });
        gate.beginChange(ENDLESS);
        query.start();
        Waiting.until("query", () -> {
            gate.endChange();
            gate.beginChange(ENDLESS);
            return asked.get();
        });
        gate.endChange();
        query.join();
    }

    @Test
    void shouldGiveUpAChangeWhenItsPatienceEnds() {
        gate.beginQuery();
        final Signal thrown = assertThrows(
                Signal.class,
                () -> gate.beginChange(() -> {
                    throw Signal.LEAVE_RING;
                }));
        assertSame(Signal.LEAVE_RING, thrown);
        gate.beginQuery();
        gate.endQuery();
        gate.endQuery();
        gate.beginChange(ENDLESS);
        gate.endChange();
    }
}
