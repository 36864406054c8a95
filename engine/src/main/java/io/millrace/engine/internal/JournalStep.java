package io.millrace.engine.internal;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalFormat;

/**
 * Gathers the records of a batch, which lie one behind the other, into one commit, appends it, and then has the outcomes
 * sent. One thread.
 */
final class JournalStep {
    private static final long MAX_TIMESTAMP_DELTA_NS = 0xFFFF_FFFFL;

    private final Journal journal;
    private final RecordRing records;
    private final OutcomeStep outcomes;
    private final int maxCommitRecordsBytes;
    private int commitOffset;
    private int commitLength;
    private int commandCount;
    private int eventCount;
    private long baseTimestampNs;

    /** Ring sequence up to which commands have been given to the journal; read by {@link Undertaker}. */
    private volatile long attemptedRingSequence = -1;

    JournalStep(
            final Journal journal, final RecordRing records, final OutcomeStep outcomes, final int maxRecordsBytes) {
        this.journal = journal;
        this.records = records;
        this.outcomes = outcomes;
        maxCommitRecordsBytes = maxRecordsBytes;
    }

    void onSlot(final CommandSlot slot, final long ringSequence) {
        if (slot.recordLength == 0) {
            return;
        }
        if (commitLength > 0 && !continues(slot)) {
            commit(ringSequence - 1);
        }
        if (commitLength == 0) {
            commitOffset = slot.recordOffset;
            baseTimestampNs = slot.timestampNs;
        }
        slot.baseTimestampNs = baseTimestampNs;
        records.buffer()
                .putInt(
                        slot.recordOffset + JournalFormat.COMMAND_TIMESTAMP_DELTA_OFFSET,
                        (int) (slot.timestampNs - baseTimestampNs),
                        JournalFormat.BYTE_ORDER);
        commitLength += slot.recordLength;
        commandCount++;
        eventCount += slot.eventCount;
    }

    private boolean continues(final CommandSlot slot) {
        return slot.recordOffset == commitOffset + commitLength
                && commitLength + slot.recordLength <= maxCommitRecordsBytes
                && slot.timestampNs - baseTimestampNs <= MAX_TIMESTAMP_DELTA_NS;
    }

    /** Appends what was gathered; then, and only then, its outcomes go out. */
    void commit(final long lastRingSequence) {
        if (commitLength > 0) {
            attemptedRingSequence = lastRingSequence;
            journal.append(records.buffer(), commitOffset, commitLength, commandCount, eventCount, baseTimestampNs);
            commitLength = 0;
            commandCount = 0;
            eventCount = 0;
        }
        outcomes.sendUpTo(lastRingSequence);
    }

    long attemptedRingSequence() {
        return attemptedRingSequence;
    }
}
