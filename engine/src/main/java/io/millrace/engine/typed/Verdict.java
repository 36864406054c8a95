package io.millrace.engine.typed;

import io.millrace.engine.OutcomeCodes;
import java.util.List;
import java.util.Objects;

/**
 * What {@link Domain#decide} says to a command: accepted with events, or rejected with a code and a reason. Immutable.
 *
 * @param <E> what the events have in common
 */
public final class Verdict<E> {
    private static final Verdict<?> ACCEPTED = new Verdict<>(true, OutcomeCodes.OK, List.of(), null, null);

    private final boolean accepted;
    private final int code;
    private final List<E> events;
    private final String reason;
    private final Object result;

    private Verdict(
            final boolean accepted, final int code, final List<E> events, final String reason, final Object result) {
        this.accepted = accepted;
        this.code = code;
        this.events = events;
        this.reason = reason;
        this.result = result;
    }

    /**
     * Accepts, with nothing to change.
     *
     * @param <E> what the events have in common
     * @return the verdict
     */
    @SuppressWarnings("unchecked") // holds no event
    public static <E> Verdict<E> accept() {
        return (Verdict<E>) ACCEPTED;
    }

    /**
     * Accepts with events.
     *
     * @param events in order
     * @param <E> what they have in common
     * @return the verdict
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // copied, never written to
    public static <E> Verdict<E> accept(final E... events) {
        return accept(List.of(events));
    }

    /**
     * Accepts with events.
     *
     * @param events in order; not to be changed afterwards
     * @param <E> what they have in common
     * @return the verdict
     */
    public static <E> Verdict<E> accept(final List<E> events) {
        return new Verdict<>(true, OutcomeCodes.OK, Objects.requireNonNull(events, "events"), null, null);
    }

    /**
     * Rejects. The reason travels with the outcome, now and when the command is repeated; it is cut when it is longer
     * than the journal's {@code maxResultBytes}.
     *
     * @param code of the user's choice, 1 to {@link OutcomeCodes#MAX_USER_CODE}
     * @param reason for people
     * @param <E> what the events have in common
     * @return the verdict
     */
    public static <E> Verdict<E> reject(final int code, final String reason) {
        requireCode(1, code);
        return new Verdict<>(false, code, List.of(), Objects.requireNonNull(reason, "reason"), null);
    }

    /**
     * The same with another code.
     *
     * @param otherCode of the user's choice, 0 to {@link OutcomeCodes#MAX_USER_CODE}; not 0 for a rejection
     * @return a new verdict
     */
    public Verdict<E> withCode(final int otherCode) {
        requireCode(accepted ? 0 : 1, otherCode);
        return new Verdict<>(accepted, otherCode, events, reason, result);
    }

    /**
     * The same with a result for the caller.
     *
     * @param value of a class registered in {@link Domain#results()}
     * @return a new verdict
     * @throws IllegalStateException if this is a rejection: that has a reason and no result
     */
    public Verdict<E> withResult(final Object value) {
        if (!accepted) {
            throw new IllegalStateException("a verdict with a result must be an acceptance: " + this);
        }
        return new Verdict<>(true, code, events, null, Objects.requireNonNull(value, "value"));
    }

    /**
     * Whether the command is accepted.
     *
     * @return false if it is rejected
     */
    public boolean accepted() {
        return accepted;
    }

    /**
     * The code.
     *
     * @return 0 to {@link OutcomeCodes#MAX_USER_CODE}
     */
    public int code() {
        return code;
    }

    /**
     * The events.
     *
     * @return in order; empty for a rejection
     */
    public List<E> events() {
        return events;
    }

    /**
     * Why it is rejected.
     *
     * @return the reason, null for an acceptance
     */
    public String reason() {
        return reason;
    }

    /**
     * The result for the caller.
     *
     * @return the result, null when there is none
     */
    public Object result() {
        return result;
    }

    @Override
    public String toString() {
        return accepted
                ? "Verdict{accepted, code=" + code + ", events=" + events + ", result=" + result + '}'
                : "Verdict{rejected, code=" + code + ", reason=" + reason + '}';
    }

    private static void requireCode(final int min, final int code) {
        if (code < min || code > OutcomeCodes.MAX_USER_CODE) {
            throw new IllegalArgumentException(
                    "code must be " + min + " to " + OutcomeCodes.MAX_USER_CODE + ": " + code);
        }
    }
}
