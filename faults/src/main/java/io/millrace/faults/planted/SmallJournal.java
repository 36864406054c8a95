package io.millrace.faults.planted;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Durability;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalHandler;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal of one-event commits, for checks beneath the engine. */
final class SmallJournal implements AutoCloseable {
    private static final int MAX_COMMIT_BYTES = 4096;
    private static final int STREAM = 5;

    private final Journal journal;
    private final UnsafeBuffer records = new UnsafeBuffer(new byte[MAX_COMMIT_BYTES]);
    private long requestId;

    private SmallJournal(final Journal journal) {
        this.journal = journal;
    }

    static JournalConfig config(final Path directory) {
        return JournalConfig.at(directory)
                .blockSizeBytes(1 << 20)
                .maxCommitBytes(MAX_COMMIT_BYTES)
                .touchAheadBytes(0)
                .reserveBytes(256 << 10);
    }

    static SmallJournal open(final Path directory) {
        return open(config(directory));
    }

    static SmallJournal open(final JournalConfig config) {
        return new SmallJournal(Journal.open(config, event -> {}));
    }

    /** Opens, reads all, and closes; returns the last sequence. */
    static long lastSequence(final Path directory) {
        final long[] last = {0};
        final JournalHandler handler = event -> last[0] = event.sequence();
        Journal.open(config(directory), handler).close();
        return last[0];
    }

    Journal journal() {
        return journal;
    }

    /** Appends a commit with one command of one event. */
    void append() {
        final CommandEncoder encoder = journal.commandEncoder();
        encoder.begin(records, 0, MAX_COMMIT_BYTES / 2);
        final int payload = encoder.claimEvent(1, 0, STREAM, Long.BYTES);
        records.putLong(payload, ++requestId);
        final int length = encoder.end(1, requestId, true, 0, Durability.JOURNALED, 0);
        journal.append(records, 0, length, 1, 1, journal.nowNs());
    }

    SmallJournal append(final int commits) {
        for (int i = 0; i < commits; i++) {
            append();
        }
        return this;
    }

    @Override
    public void close() {
        journal.close();
    }
}
