package io.millrace.benchmarks.scale;

import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.projections.Projection;

/** The sums once more, as a read model. */
final class SumProjection implements Projection {
    private final String name;
    private final long[] sums;

    /** Of a batch. */
    private final int[] streams = new int[EventBatch.MAX_EVENTS];

    /** Keeps the reads ahead alive. */
    private long readAhead;

    SumProjection(final int number, final int streams) {
        name = "sums-" + number;
        sums = new long[streams];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void onEvent(final EventView event) {
        sums[SumMachine.stream(event.buffer(), event.offset())] += SumMachine.amount(event.buffer(), event.offset());
    }

    @Override
    public void prefetch(final EventBatch events) {
        readAhead = SumMachine.sum(sums, streams, SumMachine.streams(events, streams));
    }

    long sum() {
        long sum = 0;
        for (final long one : sums) {
            sum += one;
        }
        return sum;
    }
}
