package io.millrace.faults.images;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Durability;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalFormat;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Appends random commits to a small journal: some commands, some of them rejected, each with some events or none. */
public final class SmallWriter {
    /** Smallest that a journal takes. */
    public static final int BLOCK_BYTES = 1 << 20;

    private static final int COMMIT_BYTES = 64 << 10;
    private static final int RESERVE_BYTES = 256 << 10;
    private static final int MAX_RECORDS_BYTES = COMMIT_BYTES - JournalFormat.COMMIT_HEADER_LENGTH;
    private static final int MAX_COMMANDS = 3;
    private static final int MAX_EVENTS = 4;
    private static final int REJECTED = 7;
    private static final int STREAMS = 5;

    private final Journal journal;
    private final SplittableRandom random;
    private final UnsafeBuffer records = new UnsafeBuffer(new byte[COMMIT_BYTES]);
    private long requestId;

    /** Writes to a journal whatever the random numbers say. */
    public SmallWriter(final Journal journal, final SplittableRandom random) {
        this.journal = journal;
        this.random = random;
    }

    /** Of a small journal. */
    public static JournalConfig config(final Path directory) {
        return JournalConfig.at(directory)
                .blockSizeBytes(BLOCK_BYTES)
                .maxCommitBytes(COMMIT_BYTES)
                .expectedStreams(STREAMS)
                .reserveBytes(RESERVE_BYTES)
                .minFreeBytes(0)
                .touchAheadBytes(0);
    }

    /** One commit, whose events have up to so many bytes, as far as they fit. */
    public void commit(final int maxEventBytes) {
        final CommandEncoder encoder = journal.commandEncoder();
        final int commands = 1 + random.nextInt(MAX_COMMANDS);
        final long nowNs = journal.nowNs();
        int length = 0;
        int events = 0;
        for (int i = 0; i < commands; i++) {
            // Each has its share of the commit, however large the events of those before it are.
            final int room = (MAX_RECORDS_BYTES / commands) & -JournalFormat.ALIGNMENT;
            encoder.begin(records, length, room);
            final boolean accepted = random.nextInt(4) > 0;
            final int count = accepted ? random.nextInt(MAX_EVENTS + 1) : 0;
            final int most = room / (MAX_EVENTS + 1) - JournalFormat.EVENT_HEADER_LENGTH;
            for (int event = 0; event < count; event++) {
                event(encoder, 1 + random.nextInt(Math.min(most, maxEventBytes)));
            }
            events += encoder.eventCount();
            length += encoder.end(1, ++requestId, accepted, accepted ? 0 : REJECTED, Durability.JOURNALED, 0);
        }
        journal.append(records, 0, length, commands, events, nowNs);
    }

    private void event(final CommandEncoder encoder, final int bytes) {
        final int offset = encoder.claimEvent(1 + random.nextInt(3), 1, 1 + random.nextInt(STREAMS), bytes);
        for (int i = 0; i < bytes; i++) {
            encoder.buffer().putByte(offset + i, (byte) random.nextInt());
        }
    }
}
