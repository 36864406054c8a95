package io.millrace.benchmarks;

import io.millrace.journal.EventHandler;
import io.millrace.journal.EventView;
import io.millrace.journal.StreamReader;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading one stream by its back pointers: one operation is one event. Streams are interleaved evenly, so that each event
 * is in another commit than the one before: the worst case.
 */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class StreamReadBenchmark extends ForkedBenchmark {
    private static final int STREAMS = 4096;
    private static final int EVENTS_PER_STREAM = 128;

    /** Commands in a commit. */
    @Param("64")
    public int batch;

    private final Checker checker = new Checker();
    private CounterJournal journal;
    private StreamReader reader;
    private int stream;

    /** For JMH. */
    public StreamReadBenchmark() {}

    /**
     * Writes the journal.
     *
     * @throws IOException if there is no directory for it
     */
    @Setup(Level.Trial)
    public void write() throws IOException {
        journal = new CounterJournal(STREAMS, batch);
        journal.append(STREAMS * EVENTS_PER_STREAM);
        reader = journal.journal().newStreamReader();
    }

    /**
     * Reads a stream from its newest event to its oldest.
     *
     * @return the sum of its amounts
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_STREAM)
    public long backward() {
        checker.start(nextStream(), EVENTS_PER_STREAM, -1);
        reader.readBackward(stream, checker, EVENTS_PER_STREAM);
        return checker.end(0);
    }

    /**
     * Reads a stream from its oldest event to its newest. Goes there and back, and allocates for the way.
     *
     * @return the sum of its amounts
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_STREAM)
    public long forward() {
        checker.start(nextStream(), 1, 1);
        reader.readForward(stream, checker);
        return checker.end(EVENTS_PER_STREAM + 1);
    }

    private int nextStream() {
        stream = stream + 1 & STREAMS - 1;
        return stream;
    }

    /** Removes the journal. */
    @TearDown(Level.Trial)
    public void close() {
        reader.close();
        journal.close();
    }

    /** Wants the events of one stream, none missing. */
    private static final class Checker implements EventHandler {
        private long stream;
        private long version;
        private long step;
        private long sum;

        void start(final long streamId, final long firstVersion, final long versionStep) {
            stream = streamId;
            version = firstVersion;
            step = versionStep;
            sum = 0;
        }

        @Override
        public void onEvent(final EventView event) {
            Require.equal("account of the event", stream, CounterTable.account(event.buffer(), event.offset()));
            Require.equal("stream version", version, event.streamVersion());
            version += step;
            sum += CounterTable.amount(event.buffer(), event.offset());
        }

        long end(final long endVersion) {
            Require.equal("stream version behind the last event", endVersion, version);
            return sum;
        }
    }
}
