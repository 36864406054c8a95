package io.millrace.engine.internal;

import com.lmax.disruptor.Sequence;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalFormat;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gathers the records of a batch, which lie one behind the other, into one commit, appends it, and then has the outcomes
 * sent. One thread.
 */
final class JournalStep {
    private static final long MAX_TIMESTAMP_DELTA_NS = 0xFFFF_FFFFL;

    private final Journal journal;
    private final RecordRing records;
    private final SlotRecords slotRecords;
    private final OutcomeStep outcomes;
    private final Lifecycle lifecycle;
    private final int maxCommitRecordsBytes;
    private int commitOffset;
    private int commitLength;
    private int commandCount;
    private int eventCount;
    private long baseTimestampNs;

    /** Ring sequence up to which commands have been given to the journal. */
    private final Sequence attempted = new Sequence();

    /** Ring sequence up to which the journal has answered; behind {@code attempted} while an append is under way. */
    private final Sequence settled = new Sequence();

    JournalStep(
            final Journal journal,
            final RecordRing records,
            final SlotRecords slotRecords,
            final OutcomeStep outcomes,
            final Lifecycle lifecycle,
            final int maxRecordsBytes) {
        this.journal = journal;
        this.records = records;
        this.slotRecords = slotRecords;
        this.outcomes = outcomes;
        this.lifecycle = lifecycle;
        maxCommitRecordsBytes = maxRecordsBytes;
    }

    void onSlot(final CommandSlot slot, final long ringSequence) {
        final int length = slotRecords.length(slot.index());
        if (length == 0) {
            return;
        }
        final int offset = slotRecords.offset(slot.index());
        final long timestampNs = slotRecords.timestampNs(slot.index());
        if (commitLength > 0 && !continues(offset, length, timestampNs)) {
            commit(ringSequence - 1);
        }
        if (commitLength == 0) {
            commitOffset = offset;
            baseTimestampNs = timestampNs;
        }
        final UnsafeBuffer buffer = records.buffer();
        if (timestampNs != baseTimestampNs) {
            buffer.putInt(
                    offset + JournalFormat.COMMAND_TIMESTAMP_DELTA_OFFSET,
                    (int) (timestampNs - baseTimestampNs),
                    JournalFormat.BYTE_ORDER);
        }
        commitLength += length;
        commandCount++;
        eventCount += buffer.getShort(offset + JournalFormat.COMMAND_EVENT_COUNT_OFFSET, JournalFormat.BYTE_ORDER)
                & JournalFormat.MAX_U16;
    }

    private boolean continues(final int offset, final int length, final long timestampNs) {
        return offset == commitOffset + commitLength
                && commitLength + length <= maxCommitRecordsBytes
                && timestampNs - baseTimestampNs <= MAX_TIMESTAMP_DELTA_NS;
    }

    /** Appends what was gathered; then, and only then, its outcomes go out. */
    void commit(final long lastRingSequence) {
        if (commitLength > 0) {
            append(lastRingSequence);
            commitLength = 0;
            commandCount = 0;
            eventCount = 0;
        }
        outcomes.sendUpTo(lastRingSequence);
    }

    /**
     * The attempt is made known first and the engine's state is looked at second, with a full fence in between. So once the
     * engine has failed, either the attempt can be seen, or the append is not made.
     */
    private void append(final long lastRingSequence) {
        final long before = attempted.get();
        attempted.setVolatile(lastRingSequence);
        if (lifecycle.isFailed()) {
            attempted.set(before);
            throw new StageStoppedException();
        }
        try {
            journal.append(records.buffer(), commitOffset, commitLength, commandCount, eventCount, baseTimestampNs);
        } finally {
            settled.set(lastRingSequence);
        }
    }

    /** To be asked once the engine has failed: what lies behind will never be journaled. */
    long attemptedRingSequence() {
        return attempted.get();
    }

    /** To be asked once the engine has failed: when false, the journal will not be appended to again. */
    boolean isAppending() {
        return attempted.get() != settled.get();
    }
}
