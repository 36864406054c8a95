package io.millrace.journal.internal;

import io.millrace.journal.CommandView;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import io.millrace.journal.InvalidRecordException;
import io.millrace.journal.InvalidRecordException.Reason;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalHandler;
import java.nio.file.Path;

/**
 * Passes everything that a scan finds on to a handler, and rebuilds the stream heads, which proves stream versions and
 * back pointers by the way.
 */
final class Rebuilding implements JournalHandler {
    private final JournalHandler handler;
    private final StreamHeads heads;
    private final long[] streamIds = new long[EventBatch.MAX_EVENTS];
    private final TypeFilter types;
    private final long firstSequence;
    private Path file;
    private long lastWordOffset;
    private long lastTimestampNs;

    Rebuilding(
            final JournalHandler handler, final StreamHeads heads, final int[] eventTypes, final long firstSequence) {
        this.handler = handler;
        this.heads = heads;
        types = new TypeFilter(eventTypes);
        this.firstSequence = firstSequence;
    }

    /** What is delivered next is of this commit. */
    void onCommit(final CommitView commit, final Path commitFile, final long wordOffset) {
        file = commitFile;
        lastWordOffset = wordOffset;
        lastTimestampNs = Math.max(lastTimestampNs, commit.baseTimestampNs());
    }

    @Override
    public void onCommand(final CommandView command) {
        lastTimestampNs = Math.max(lastTimestampNs, command.timestampNs());
        handler.onCommand(command);
    }

    @Override
    public void onAhead(final EventBatch events) {
        final int size = events.size();
        for (int i = 0; i < size; i++) {
            streamIds[i] = events.get(i).streamId();
        }
        heads.prefetch(streamIds, size);
        handler.onAhead(events);
    }

    @Override
    public void onEvent(final EventView event) {
        if (event.previousSequence() > 0 && event.previousSequence() < firstSequence) {
            // The start of the stream is gone with the cycles that retention deleted.
            heads.resume(event.streamId(), event.streamVersion() - 1, event.previousSequence());
        }
        heads.advance(event.streamId(), event.sequence());
        if (heads.advancedVersion() != event.streamVersion() || heads.advancedPrevious() != event.previousSequence()) {
            throw new JournalCorruptException(
                    file,
                    lastWordOffset + CycleScanner.WORD_BYTES,
                    event.sequence(),
                    "event must continue its stream: " + event + ", expected version " + heads.advancedVersion()
                            + " after sequence " + heads.advancedPrevious());
        }
        if (!types.allows(event.typeId())) {
            throw new InvalidRecordException(
                    Reason.UNKNOWN_TYPE, "journal must hold only the configured event types: " + event);
        }
        handler.onEvent(event);
    }

    @Override
    public void onCommitEnd(final long lastSequence) {
        handler.onCommitEnd(lastSequence);
    }

    /** Offset of the header word of the last commit. */
    long lastWordOffset() {
        return lastWordOffset;
    }

    long lastTimestampNs() {
        return lastTimestampNs;
    }
}
