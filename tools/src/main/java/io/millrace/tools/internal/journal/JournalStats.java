package io.millrace.tools.internal.journal;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalHandler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Long2LongCounterMap;

/** Counts what a journal holds, in memory that has a bound. */
final class JournalStats implements JournalHandler {
    /** So many streams are counted one by one; about 50 MB. */
    static final int MAX_STREAMS = 1_000_000;

    private static final int DIGITS = 3;
    private static final int TYPE_IDS = 1 << 16;

    /**
     * A stream.
     *
     * @param id of it
     * @param events of it
     */
    record Stream(long id, long events) {}

    private final Histogram payloadBytes = new Histogram(DIGITS);
    private final Histogram eventsPerCommit = new Histogram(DIGITS);
    private final Histogram commandsPerCommit = new Histogram(DIGITS);
    private final long[] eventsOfType = new long[TYPE_IDS];
    private final long[] bytesOfType = new long[TYPE_IDS];
    private final long[] rejectionsOfCode = new long[TYPE_IDS];
    private final Long2LongCounterMap eventsOfStream = new Long2LongCounterMap(0);
    private final int maxStreams;
    private long eventsOfFurtherStreams;
    private long accepted;
    private long rejected;
    private long events;
    private long bytes;
    private long firstTimestampNs = -1;
    private long lastTimestampNs = -1;
    private long commitEvents;
    private long commitCommands;

    JournalStats() {
        this(MAX_STREAMS);
    }

    JournalStats(final int maxStreams) {
        this.maxStreams = maxStreams;
    }

    @Override
    public void onCommand(final CommandView command) {
        commitCommands++;
        saw(command.timestampNs());
        if (command.accepted()) {
            accepted++;
        } else {
            rejected++;
            rejectionsOfCode[command.code()]++;
        }
    }

    @Override
    public void onEvent(final EventView event) {
        commitEvents++;
        events++;
        bytes += event.length();
        payloadBytes.recordValue(event.length());
        eventsOfType[event.typeId()]++;
        bytesOfType[event.typeId()] += event.length();
        if (eventsOfStream.size() < maxStreams || eventsOfStream.containsKey(event.streamId())) {
            eventsOfStream.incrementAndGet(event.streamId());
        } else {
            eventsOfFurtherStreams++;
        }
    }

    @Override
    public void onCommitEnd(final long lastSequence) {
        eventsPerCommit.recordValue(commitEvents);
        commandsPerCommit.recordValue(commitCommands);
        commitEvents = 0;
        commitCommands = 0;
    }

    private void saw(final long timestampNs) {
        firstTimestampNs = firstTimestampNs < 0 ? timestampNs : firstTimestampNs;
        lastTimestampNs = timestampNs;
    }

    Histogram payloadBytes() {
        return payloadBytes;
    }

    Histogram eventsPerCommit() {
        return eventsPerCommit;
    }

    Histogram commandsPerCommit() {
        return commandsPerCommit;
    }

    long accepted() {
        return accepted;
    }

    long rejected() {
        return rejected;
    }

    long events() {
        return events;
    }

    /** Of all payloads. */
    long bytes() {
        return bytes;
    }

    /** -1 when there is no command. */
    long firstTimestampNs() {
        return firstTimestampNs;
    }

    long lastTimestampNs() {
        return lastTimestampNs;
    }

    /** Event types that occur. */
    int[] types() {
        return IntStream.range(0, TYPE_IDS).filter(id -> eventsOfType[id] > 0).toArray();
    }

    long eventsOfType(final int typeId) {
        return eventsOfType[typeId];
    }

    long bytesOfType(final int typeId) {
        return bytesOfType[typeId];
    }

    /** Codes that commands were rejected with. */
    int[] rejectionCodes() {
        return IntStream.range(0, TYPE_IDS)
                .filter(code -> rejectionsOfCode[code] > 0)
                .toArray();
    }

    long rejections(final int code) {
        return rejectionsOfCode[code];
    }

    /** Streams that were counted; when {@link #streamsAreExact()} is false there are more. */
    int streams() {
        return eventsOfStream.size();
    }

    boolean streamsAreExact() {
        return eventsOfFurtherStreams == 0;
    }

    /** Events whose streams were not counted one by one. */
    long eventsOfFurtherStreams() {
        return eventsOfFurtherStreams;
    }

    /** The streams with the most events, largest first. */
    List<Stream> largest(final int count) {
        final Comparator<Stream> smallestFirst =
                Comparator.comparingLong(Stream::events).thenComparing(Stream::id, Comparator.reverseOrder());
        final PriorityQueue<Stream> largest = new PriorityQueue<>(smallestFirst);
        eventsOfStream.forEach((id, streamEvents) -> {
            largest.add(new Stream(id, streamEvents));
            if (largest.size() > count) {
                largest.poll();
            }
        });
        final List<Stream> sorted = new ArrayList<>(largest);
        sorted.sort(smallestFirst.reversed());
        return sorted;
    }
}
