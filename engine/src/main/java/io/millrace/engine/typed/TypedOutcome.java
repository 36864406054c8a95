package io.millrace.engine.typed;

import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeCodes;
import io.millrace.engine.OutcomeStatus;
import io.millrace.journal.Durability;
import java.util.Objects;

/** What became of a command. Immutable; what it carries is decoded when it is asked for. */
public final class TypedOutcome {
    private final Outcome outcome;
    private final Types<Object> results;

    TypedOutcome(final Outcome outcome, final Types<Object> results) {
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.results = results;
    }

    /**
     * Whether the command was accepted, and its events are in the journal at {@link #level()}.
     *
     * @return true if it was
     */
    public boolean accepted() {
        return outcome.accepted();
    }

    /**
     * What became of it.
     *
     * @return the status
     */
    public OutcomeStatus status() {
        return outcome.status();
    }

    /**
     * The code of the verdict, or of {@link OutcomeCodes}.
     *
     * @return 0 to 65535
     */
    public int code() {
        return outcome.code();
    }

    /**
     * Why it was not accepted: the reason of the verdict, or what the engine has to say.
     *
     * @return the reason, empty when the command was accepted
     */
    public String reason() {
        return switch (outcome.status()) {
            case ACCEPTED -> "";
            case REJECTED -> rejection();
            case FAILED -> "the engine stopped before the command was decided; it has no effect";
            case UNKNOWN -> "the engine stopped while the command was on its way; it may or may not have an effect";
        };
    }

    private String rejection() {
        return switch (outcome.code()) {
            case OutcomeCodes.DECIDE_FAILED -> "DECIDE_FAILED: the command could not be decoded, or decide threw";
            case OutcomeCodes.INVALID_DECISION -> "INVALID_DECISION: events or result broke a limit of the journal";
            case OutcomeCodes.DISK_FULL ->
                "DISK_FULL: the disk is nearly full; the command was not decided, try it later";
            default -> ResultFormat.decodeReason(outcome.result());
        };
    }

    /**
     * What an accepted command returned.
     *
     * @param type that is expected
     * @param <T> the same as a type
     * @return the result, null when there is none
     * @throws ClassCastException if it is of another type
     * @throws CodecException if it cannot be decoded
     * @throws UnregisteredTypeException if its type is not in {@link Domain#results()}
     */
    public <T> T result(final Class<T> type) {
        return accepted() ? type.cast(ResultFormat.decode(results, outcome.result())) : null;
    }

    /**
     * Sequence of its first event.
     *
     * @return the sequence, 0 when it has no events
     */
    public long firstSequence() {
        return outcome.firstSequence();
    }

    /**
     * Sequence of its last event: what a projection must have applied to show it.
     *
     * @return the sequence, 0 when it has no events
     */
    public long lastSequence() {
        return outcome.lastSequence();
    }

    /**
     * The durability reached.
     *
     * @return the level, null when the status is {@code FAILED} or {@code UNKNOWN}
     */
    public Durability level() {
        return outcome.level();
    }

    /**
     * The outcome of the binary API.
     *
     * @return what this is a view of
     */
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public String toString() {
        return status() + " code=" + code() + " sequences=" + firstSequence() + ".." + lastSequence() + " level="
                + level() + (accepted() ? "" : " reason=" + reason());
    }
}
