package io.millrace.engine.internal;

import io.millrace.engine.Outcome;
import io.millrace.journal.Durability;
import java.util.concurrent.CompletableFuture;

/**
 * One slot of the ring: what the publisher asks, then what each stage adds. Handed from thread to thread by the
 * Disruptor's sequences, so plain fields are enough. The command's payload lies in {@link SlotMemory}, its record in
 * {@link RecordRing}.
 */
final class CommandSlot {
    /** What a published slot is. */
    enum Kind {
        /** Claimed and given back: nothing to do. */
        UNUSED,
        /** A command. */
        COMMAND,
        /** A question to the state. */
        INSPECTION
    }

    // Written by the publisher.
    Kind kind = Kind.UNUSED;
    int typeId;
    int length;
    int payloadOffset;
    int publisherId;
    long clientId;
    long requestId;
    Durability durability;
    CompletableFuture<Outcome> future;
    Inspection<?> inspection;

    // Written by the decide stage.
    boolean accepted;
    int code;
    int eventCount;
    int recordOffset;
    int recordLength;
    int resultLength;
    long firstSequence;
    long timestampNs;
    long recordEndPosition;

    // Written by the journal stage.
    long baseTimestampNs;

    /** Lets go of what belongs to one caller, so that an idle ring keeps nobody's objects alive. */
    void clearReferences() {
        if (future != null) {
            future = null;
        }
        if (inspection != null) {
            inspection = null;
        }
    }
}
