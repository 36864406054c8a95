package io.millrace.engine.internal;

import io.millrace.engine.Decision;
import io.millrace.engine.OutcomeCodes;
import io.millrace.journal.CommandEncoder;
import io.millrace.journal.InvalidRecordException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A decision written straight into the command's record. */
final class RecordDecision implements Decision {
    private final CommandEncoder encoder;
    private boolean accepted;
    private boolean invalid;
    private int code;

    RecordDecision(final CommandEncoder encoder) {
        this.encoder = encoder;
    }

    void begin() {
        accepted = true;
        invalid = false;
        code = OutcomeCodes.OK;
    }

    @Override
    public void emit(
            final int typeId,
            final int schemaVersion,
            final long streamId,
            final DirectBuffer payload,
            final int offset,
            final int length) {
        final int target = claim(typeId, schemaVersion, streamId, length);
        encoder.buffer().putBytes(target, payload, offset, length);
    }

    @Override
    public int claim(final int typeId, final int schemaVersion, final long streamId, final int length) {
        try {
            return encoder.claimEvent(typeId, schemaVersion, streamId, length);
        } catch (final InvalidRecordException e) {
            invalid = true;
            throw e;
        }
    }

    @Override
    public MutableDirectBuffer buffer() {
        return encoder.buffer();
    }

    @Override
    public void result(final DirectBuffer payload, final int offset, final int length) {
        try {
            encoder.result(payload, offset, length);
        } catch (final InvalidRecordException e) {
            invalid = true;
            throw e;
        }
    }

    @Override
    public void accept(final int userCode) {
        requireUserCode(userCode, 0);
        accepted = true;
        code = userCode;
    }

    @Override
    public void reject(final int userCode) {
        requireUserCode(userCode, 1);
        accepted = false;
        code = userCode;
    }

    private static void requireUserCode(final int code, final int min) {
        if (code < min || code > OutcomeCodes.MAX_USER_CODE) {
            throw new IllegalArgumentException(
                    "code must be " + min + " to " + OutcomeCodes.MAX_USER_CODE + ": " + code);
        }
    }

    /** {@code decide} has returned. */
    void complete() {
        if (invalid) {
            overrule(OutcomeCodes.INVALID_DECISION);
        } else if (!accepted) {
            encoder.discardEvents();
        }
    }

    /** {@code decide} threw. */
    void decideFailed() {
        overrule(invalid ? OutcomeCodes.INVALID_DECISION : OutcomeCodes.DECIDE_FAILED);
    }

    /** Rejects on the engine's behalf, with neither events nor result. */
    void overrule(final int engineCode) {
        accepted = false;
        code = engineCode;
        encoder.discardEvents();
        encoder.discardResult();
    }

    boolean accepted() {
        return accepted;
    }

    int code() {
        return code;
    }
}
