package io.millrace.engine;

/** Outcome codes that the engine gives; the user's own are 0 to {@link #MAX_USER_CODE}. */
public final class OutcomeCodes {
    /** Accepted, with nothing to add. */
    public static final int OK = 0;

    /** Largest code that a state machine may give. */
    public static final int MAX_USER_CODE = 0xFEFF;

    /** Rejected because {@code decide} threw. */
    public static final int DECIDE_FAILED = 0xFF01;

    /** Rejected because the events or the result broke a rule of the journal or a configured limit. */
    public static final int INVALID_DECISION = 0xFF02;

    /**
     * Rejected without being decided, because the disk became nearly full when the command was in the ring already. Has no
     * effect and leaves no record in the journal, so a retry of the same request is decided anew once there is space
     * again. Commands behind it may be accepted then. The level of the outcome is that of everything published before it.
     */
    public static final int DISK_FULL = 0xFF03;

    private OutcomeCodes() {}
}
