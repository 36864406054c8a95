package io.millrace.benchmarks.latency;

import io.millrace.contest.Transfers;
import java.io.IOException;

/** Who is measured. All methods for the sending thread. */
interface Subject extends AutoCloseable {
    /** Sends one command that was due at a time of {@link System#nanoTime}; false when there is no room at the moment. */
    boolean offer(Transfers transfer, long dueNs);

    /** How many were answered, and their events applied by the projection. */
    long done();

    /** How many it took and then refused, or would not take because its disk is nearly full. */
    default long refused() {
        return 0;
    }

    @Override
    void close() throws IOException;
}
