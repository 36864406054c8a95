package io.millrace.projections.internal;

/** Ends a batch between two events; the event at hand is delivered again later. */
final class Signal extends RuntimeException {
    /** The group is being closed, or none of its projections is left. */
    static final Signal STOP = new Signal();

    /** The lag budget is used up. */
    static final Signal LEAVE_RING = new Signal();

    private static final long serialVersionUID = 1L;

    private Signal() {
        super(null, null, false, false);
    }
}
