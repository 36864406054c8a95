package io.millrace.journal;

/**
 * Keeps a journal from deleting what somebody needs: a snapshot that replay starts from, a projection's checkpoint, a
 * backup under way. Held in memory: whoever needs it takes it again after a restart, before anything is deleted.
 */
public interface RetentionHold extends AutoCloseable {
    /**
     * Moves the hold. Any thread.
     *
     * @param sequence of the oldest event that is still needed; must not be below what was held before
     */
    void advance(long sequence);

    /** Lets go. Idempotent. */
    @Override
    void close();
}
