package io.millrace.benchmarks;

import io.millrace.engine.Decision;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes emitted events one behind the other into the slot. */
final class HandWiredDecision implements Decision {
    private UnsafeBuffer events;
    private int position;
    private int eventCount;
    private boolean accepted;

    void begin(final UnsafeBuffer target) {
        events = target;
        position = 0;
        eventCount = 0;
        accepted = true;
    }

    @Override
    public void emit(
            final int typeId,
            final int schemaVersion,
            final long streamId,
            final DirectBuffer payload,
            final int offset,
            final int length) {
        events.putBytes(claim(typeId, schemaVersion, streamId, length), payload, offset, length);
    }

    @Override
    public int claim(final int typeId, final int schemaVersion, final long streamId, final int length) {
        HandWiredExcerpt.putHeader(events, position, typeId, schemaVersion, streamId, length);
        final int payload = position + HandWiredExcerpt.HEADER_BYTES;
        position = payload + length;
        eventCount++;
        return payload;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return events;
    }

    @Override
    public void result(final DirectBuffer payload, final int offset, final int length) {
        // Nobody asks the hand-wired ledger for results; only the opening of accounts, which is not measured, has one.
    }

    @Override
    public void accept(final int code) {
        accepted = true;
    }

    @Override
    public void reject(final int code) {
        accepted = false;
    }

    boolean accepted() {
        return accepted;
    }

    int eventCount() {
        return accepted ? eventCount : 0;
    }
}
