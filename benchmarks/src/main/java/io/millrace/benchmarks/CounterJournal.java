package io.millrace.benchmarks;

import io.millrace.benchmarks.rig.ScratchDirectory;
import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalFormat;
import io.millrace.journal.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal of additions to counters, without an engine: one event a command, a stream for each account. */
final class CounterJournal implements AutoCloseable {
    /** Length of a command's record with its event. */
    static final int RECORD_BYTES =
            JournalFormat.COMMAND_HEADER_LENGTH + JournalFormat.EVENT_HEADER_LENGTH + CounterTable.LENGTH;

    private static final int POLLED_COMMITS = 64;

    private final ScratchDirectory directory = new ScratchDirectory();
    private final CounterSequence sequence;
    private final UnsafeBuffer records;
    private final int batch;
    private final Journal journal;
    private final CommandEncoder encoder;

    /** An empty journal of the first accounts, whose commits will hold a number of commands each. */
    CounterJournal(final int accounts, final int batch) throws IOException {
        sequence = new CounterSequence(accounts);
        this.batch = batch;
        journal = Journal.open(
                JournalConfig.at(directory.path())
                        .eventTypes(CounterTable.TYPE_ID)
                        .expectedStreams(accounts),
                event -> {});
        records = new UnsafeBuffer(ByteBuffer.allocateDirect(batch * RECORD_BYTES));
        encoder = journal.commandEncoder();
    }

    /** Encodes and appends one commit. */
    void append() {
        final long timestampNs = journal.nowNs();
        int offset = 0;
        for (int i = 0; i < batch; i++) {
            sequence.advance();
            encoder.begin(records, offset, RECORD_BYTES);
            final int payload = encoder.claimEvent(
                    CounterTable.TYPE_ID, CounterTable.SCHEMA_VERSION, sequence.account(), CounterTable.LENGTH);
            CounterTable.write(records, payload, sequence.account(), sequence.amount());
            offset += encoder.end(0, sequence.count(), true, 0, Durability.JOURNALED, 0);
        }
        journal.append(records, 0, offset, batch, batch, timestampNs);
    }

    /** Appends commits of a number of events, a multiple of the batch. */
    void append(final int events) {
        for (int i = 0; i < events; i += batch) {
            append();
        }
    }

    /** Reads everything again and compares. */
    void check() {
        Require.equal("journaled sequence", sequence.count(), journal.journaledSequence());
        final CounterTable table = new CounterTable();
        try (JournalReader reader = journal.newReader(1)) {
            final long last = journal.journaledSequence();
            while (reader.nextSequence() <= last) {
                reader.poll(event -> add(table, event), POLLED_COMMITS);
            }
        }
        Require.equal("events read", sequence.count(), table.additions());
        Require.equal("sum read", sequence.sum(), table.sum());
    }

    private static void add(final CounterTable table, final EventView event) {
        table.add(event.buffer(), event.offset());
    }

    Journal journal() {
        return journal;
    }

    Path path() {
        return directory.path();
    }

    CounterSequence sequence() {
        return sequence;
    }

    @Override
    public void close() {
        journal.close();
        directory.close();
    }
}
