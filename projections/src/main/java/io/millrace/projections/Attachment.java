package io.millrace.projections;

/** How a projection gets its events. It sees the same events in the same order either way. */
public enum Attachment {
    /** Reads the journal in memory. Never holds anything up; live and catching up are the same. The default. */
    TAILING,
    /**
     * Reads the ring behind the journal stage, nanoseconds behind the writer, and may hold the ring. When it falls
     * further behind than its lag budget it moves itself to tailing between two events, says so, and comes back when it
     * has caught up.
     */
    RING
}
