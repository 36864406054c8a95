package io.millrace.examples.driver;

import io.millrace.engine.Decision;
import io.millrace.engine.OutcomeCodes;
import io.millrace.journal.CommandEncoder;
import io.millrace.journal.InvalidRecordException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A decision over the journal's encoder, with the rules that the contract of {@link Decision} states. */
final class DirectDecision implements Decision {
    private final CommandEncoder encoder;
    private boolean accepted;
    private boolean broken;
    private int code;

    DirectDecision(final CommandEncoder encoder) {
        this.encoder = encoder;
    }

    void begin() {
        accepted = true;
        broken = false;
        code = OutcomeCodes.OK;
    }

    /** Takes the verdict: a rejection drops the events, a broken rule everything. */
    void seal() {
        if (broken) {
            refuse(OutcomeCodes.INVALID_DECISION);
        } else if (!accepted) {
            encoder.discardEvents();
        }
    }

    /** Rejects in the name of the engine. */
    void refuse(final int engineCode) {
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
            broken = true;
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
            broken = true;
            throw e;
        }
    }

    @Override
    public void accept(final int userCode) {
        accepted = true;
        code = checked(userCode, OutcomeCodes.OK);
    }

    @Override
    public void reject(final int userCode) {
        accepted = false;
        code = checked(userCode, 1);
    }

    private static int checked(final int userCode, final int min) {
        if (userCode < min || userCode > OutcomeCodes.MAX_USER_CODE) {
            throw new IllegalArgumentException(
                    "code must be " + min + " to " + OutcomeCodes.MAX_USER_CODE + ": " + userCode);
        }
        return userCode;
    }
}
