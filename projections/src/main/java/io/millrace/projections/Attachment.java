package io.millrace.projections;

/** How a projection gets its events. It sees the same events in the same order either way. */
public enum Attachment {
    /** Reads the journal in memory. Never holds anything up; live and catching up are the same. The default. */
    TAILING,
    /**
     * Reads the ring behind the journal stage, nanoseconds behind the writer, and may hold the ring. When it falls
     * further behind than its lag budget it moves itself to tailing between two commands, says so in the log, and comes
     * back when it has caught up; one that keeps falling behind stays away longer each time, up to a second. It cannot
     * leave in the middle of a command, so it must not block.
     */
    RING
}
