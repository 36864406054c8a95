package io.millrace.faults.images;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Durability;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Appends random commits to a small journal. */
public final class SmallWriter {
    /** Smallest that a journal takes. */
    public static final int BLOCK_BYTES = 1 << 20;

    private static final int COMMIT_BYTES = 64 << 10;
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
                .reserveBytes(192 << 10)
                .minFreeBytes(0)
                .touchAheadBytes(0);
    }

    /** One commit of up to so many bytes. */
    public void commit(final int maxBytes) {
        final CommandEncoder encoder = journal.commandEncoder();
        final int commands = 1 + random.nextInt(3);
        final long nowNs = journal.nowNs();
        int length = 0;
        int events = 0;
        for (int i = 0; i < commands; i++) {
            encoder.begin(records, length, records.capacity() - 64 - length);
            final boolean accepted = random.nextInt(4) > 0;
            final int count = accepted ? random.nextInt(4) : 0;
            for (int event = 0; event < count; event++) {
                event(encoder, Math.max(1, random.nextInt(Math.max(2, maxBytes / 8))));
            }
            events += encoder.eventCount();
            length += encoder.end(1, ++requestId, accepted, accepted ? 0 : 7, Durability.JOURNALED, 0);
        }
        journal.append(records, 0, length, commands, events, nowNs);
    }

    private void event(final CommandEncoder encoder, final int bytes) {
        final int offset =
                encoder.claimEvent(1 + random.nextInt(3), 1, 1 + random.nextInt(STREAMS), Math.min(bytes, 4000));
        for (int i = 0; i < Math.min(bytes, 4000); i++) {
            encoder.buffer().putByte(offset + i, (byte) random.nextInt());
        }
    }
}
