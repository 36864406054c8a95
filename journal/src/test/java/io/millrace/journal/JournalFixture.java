package io.millrace.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** A small journal on real files, with commands and events that tests write as text and read back as text. */
final class JournalFixture implements AutoCloseable {
    static final int BLOCK_SIZE_BYTES = 1 << 20;
    static final int MAX_COMMIT_BYTES = BLOCK_SIZE_BYTES / 4;
    static final int TYPE_ID = 7;
    static final int SCHEMA_VERSION = 3;

    final Recorder replayed = new Recorder();
    final Journal journal;
    private final CommandEncoder encoder;
    private final UnsafeBuffer records;
    private int length;
    private int commands;
    private int events;
    private long baseTimestampNs = -1;
    private boolean begun;

    JournalFixture(final JournalConfig config) {
        journal = Journal.open(config, replayed);
        encoder = journal.commandEncoder();
        // Not before: Agrona's own failure would come before that of the missing flags.
        records = new UnsafeBuffer(BufferUtil.allocateDirectAligned(MAX_COMMIT_BYTES, 64));
    }

    static JournalConfig config(final Path directory) {
        return JournalConfig.at(directory)
                .blockSizeBytes(BLOCK_SIZE_BYTES)
                .maxCommitBytes(MAX_COMMIT_BYTES)
                .reserveBytes(MAX_COMMIT_BYTES * 2);
    }

    static JournalConfig config(final Path directory, final EpochNanoClock clock) {
        return config(directory).clock(clock);
    }

    static JournalFixture open(final Path directory) {
        return new JournalFixture(config(directory));
    }

    /** Starts a command if none is, and adds an event to it. */
    JournalFixture event(final long streamId, final String payload) {
        return event(TYPE_ID, SCHEMA_VERSION, streamId, payload.getBytes(StandardCharsets.UTF_8));
    }

    JournalFixture event(final int typeId, final int schemaVersion, final long streamId, final byte[] payload) {
        begin();
        final int offset = encoder.claimEvent(typeId, schemaVersion, streamId, payload.length);
        encoder.buffer().putBytes(offset, payload);
        return this;
    }

    JournalFixture result(final String payload) {
        begin();
        final byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        encoder.result(new UnsafeBuffer(bytes), 0, bytes.length);
        return this;
    }

    JournalFixture abandon() {
        begun = false;
        return this;
    }

    JournalFixture discardEvents() {
        encoder.discardEvents();
        return this;
    }

    private void begin() {
        if (!begun) {
            begun = true;
            encoder.begin(records, length, records.capacity() - JournalFormat.COMMIT_HEADER_LENGTH - length);
        }
    }

    JournalFixture accept(final long clientId, final long requestId) {
        return end(clientId, requestId, true, 0);
    }

    JournalFixture reject(final long clientId, final long requestId, final int code) {
        return end(clientId, requestId, false, code);
    }

    private JournalFixture end(final long clientId, final long requestId, final boolean accepted, final int code) {
        begin();
        begun = false;
        final long nowNs = journal.nowNs();
        baseTimestampNs = baseTimestampNs < 0 ? nowNs : baseTimestampNs;
        final int eventCount = encoder.eventCount();
        length += encoder.end(clientId, requestId, accepted, code, Durability.JOURNALED, nowNs - baseTimestampNs);
        commands++;
        events += eventCount;
        return this;
    }

    /** Appends the commands since the last commit. They are kept for another attempt if there was no room for them. */
    JournalFixture commit() {
        boolean kept = false;
        try {
            journal.append(records, 0, length, commands, events, baseTimestampNs);
        } catch (final JournalDiskFullException e) {
            kept = true;
            throw e;
        } finally {
            if (!kept) {
                forgetCommands();
            }
        }
        return this;
    }

    private void forgetCommands() {
        length = 0;
        commands = 0;
        events = 0;
        baseTimestampNs = -1;
    }

    /** One command with one event in a commit of its own. */
    JournalFixture commitEvent(final long streamId, final String payload) {
        return event(streamId, payload).accept(1, encoder.nextSequence()).commit();
    }

    /** Everything that a reader of its own finds from that sequence on. */
    List<String> read(final long fromSequence) {
        final Recorder recorder = new Recorder();
        try (JournalReader reader = journal.newReader(fromSequence)) {
            while (reader.poll(recorder, 16) > 0) {
                continue;
            }
        }
        return recorder.lines;
    }

    @Override
    public void close() {
        journal.close();
    }

    /** Writes everything that it is told down as text. */
    static final class Recorder implements JournalHandler {
        final List<String> lines = new ArrayList<>();
        long lastSequence;

        @Override
        public void onEvent(final EventView event) {
            lines.add(describe(event));
        }

        @Override
        public void onCommand(final CommandView command) {
            lines.add(describe(command));
        }

        @Override
        public void onCommitEnd(final long last) {
            lastSequence = last;
            lines.add("end " + last);
        }
    }

    static String describe(final EventView event) {
        return "event " + event.sequence() + " type=" + event.typeId() + '.' + event.schemaVersion() + " stream="
                + event.streamId() + '.' + event.streamVersion() + " previous=" + event.previousSequence() + " at="
                + event.timestampNs() + ' ' + event.buffer().getStringWithoutLengthUtf8(event.offset(), event.length());
    }

    static String describe(final CommandView command) {
        return "command " + command.clientId() + '.' + command.requestId() + ' '
                + (command.accepted() ? "accepted" : "rejected") + ' ' + command.code() + ' ' + command.durability()
                + " first=" + command.firstSequence() + " events=" + command.eventCount() + " at="
                + command.timestampNs() + ' '
                + command.buffer().getStringWithoutLengthUtf8(command.resultOffset(), command.resultLength());
    }
}
