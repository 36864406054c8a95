package io.millrace.journal.internal;

import io.millrace.journal.EventBatch;
import io.millrace.journal.InvalidRecordException;
import io.millrace.journal.InvalidRecordException.Reason;
import io.millrace.journal.JournalCorruptException;
import java.nio.file.Path;

/** Rebuilds the stream heads from the commits that a scan finds, which proves stream versions and back pointers by the way. */
final class Rebuilding {
    private final StreamHeads heads;
    private final long[] streamIds = new long[EventBatch.MAX_EVENTS];
    private final TypeFilter types;
    private final long firstSequence;
    private Path file;
    private long lastWordOffset;
    private long lastTimestampNs;

    Rebuilding(final StreamHeads heads, final int[] eventTypes, final long firstSequence) {
        this.heads = heads;
        types = new TypeFilter(eventTypes);
        this.firstSequence = firstSequence;
    }

    /**
     * Takes up the next commit.
     *
     * @throws JournalCorruptException if an event does not continue its stream
     * @throws InvalidRecordException if an event is of a type that is not configured
     */
    void onCommit(final CommitView commit, final Path commitFile, final long wordOffset) {
        file = commitFile;
        lastWordOffset = wordOffset;
        lastTimestampNs = Math.max(lastTimestampNs, commit.newestTimestampNs());
        final EventWindow window = commit.window();
        for (int from = 0; from < window.count(); from += EventBatch.MAX_EVENTS) {
            final int count = window.streamIds(from, streamIds);
            heads.prefetch(streamIds, count);
            for (int i = 0; i < count; i++) {
                advance(window, from + i, streamIds[i]);
            }
        }
    }

    private void advance(final EventWindow window, final int index, final long streamId) {
        final long version = window.streamVersion(index);
        final long previous = window.previousSequence(index);
        if (previous > 0 && previous < firstSequence) {
            // The start of the stream is gone with the cycles that retention deleted.
            heads.resume(streamId, version - 1, previous);
        }
        heads.advance(streamId, window.sequence(index));
        if (heads.advancedVersion() != version || heads.advancedPrevious() != previous) {
            throw new JournalCorruptException(
                    file,
                    lastWordOffset + CycleScanner.WORD_BYTES,
                    window.sequence(index),
                    "event must continue its stream: " + window.event(index) + ", expected version "
                            + heads.advancedVersion() + " after sequence " + heads.advancedPrevious());
        }
        if (!types.allows(window.typeId(index))) {
            throw new InvalidRecordException(
                    Reason.UNKNOWN_TYPE, "journal must hold only the configured event types: " + window.event(index));
        }
    }

    /** Offset of the header word of the last commit. */
    long lastWordOffset() {
        return lastWordOffset;
    }

    long lastTimestampNs() {
        return lastTimestampNs;
    }
}
