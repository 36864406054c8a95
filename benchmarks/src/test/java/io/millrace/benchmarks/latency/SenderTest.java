package io.millrace.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.contest.Transfers;
import io.millrace.contest.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SenderTest {
    private static final Work WORK = new Work(10, 0, 1);

    /** Takes commands at once, or after a while. */
    private static final class Recorded implements Subject {
        private final List<Long> dueNs = new ArrayList<>();
        private final long stallNs;

        Recorded(final long stallNs) {
            this.stallNs = stallNs;
        }

        @Override
        public boolean offer(final Transfers transfer, final long due) {
            final long untilNs = System.nanoTime() + stallNs;
            while (System.nanoTime() - untilNs < 0) {
                Thread.onSpinWait();
            }
            return dueNs.add(due);
        }

        @Override
        public long done() {
            return dueNs.size();
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldKeepTheScheduleThoughTheSubjectIsLate() {
        final Recorded subject = new Recorded(TimeUnit.MILLISECONDS.toNanos(3));

        new Sender(subject, WORK).schedule(1_000, 0.05);

        assertEquals(50, subject.dueNs.size());
        for (int i = 0; i < 50; i++) {
            assertEquals(TimeUnit.MILLISECONDS.toNanos(i), subject.dueNs.get(i) - subject.dueNs.get(0));
        }
    }

    @Test
    void shouldSayThatTheRateWasMissedWhenTheLastCommandWasSentLate() {
        assertFalse(new Sender(new Recorded(TimeUnit.MILLISECONDS.toNanos(3)), WORK).schedule(1_000, 0.2));
    }

    @Test
    void shouldSendOneAfterTheOtherWhenEachWaitsForItsAnswer() {
        final Recorded subject = new Recorded(0);

        new Sender(subject, WORK).oneByOne(20);

        assertEquals(20, subject.dueNs.size());
        for (int i = 1; i < 20; i++) {
            assertTrue(subject.dueNs.get(i) >= subject.dueNs.get(i - 1));
        }
    }
}
