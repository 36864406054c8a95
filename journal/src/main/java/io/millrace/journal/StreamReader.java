package io.millrace.journal;

/**
 * Reads the events of single streams by walking from the newest back along {@link EventView#previousSequence()}. Belongs
 * to one thread at a time. Sees every event that was journaled when the call began.
 */
public interface StreamReader extends AutoCloseable {
    /**
     * Delivers a stream's events from the newest to the oldest.
     *
     * @param streamId of the stream
     * @param handler receives the events
     * @param maxEvents at least 1
     * @return number of events delivered; 0 when the stream has none
     * @throws JournalCorruptException if a commit on the way is not as it was written
     */
    int readBackward(long streamId, EventHandler handler, int maxEvents);

    /**
     * Delivers all of a stream's events from the oldest to the newest. Walks back first, and holds one number per event
     * while it does.
     *
     * @param streamId of the stream
     * @param handler receives the events
     * @return number of events delivered; 0 when the stream has none
     * @throws JournalCorruptException if a commit on the way is not as it was written
     */
    int readForward(long streamId, EventHandler handler);

    /**
     * The newest event of a stream.
     *
     * @param streamId of the stream
     * @return its sequence, 0 when the stream has none
     */
    long lastSequence(long streamId);

    /** Releases the mapping. Idempotent. */
    @Override
    void close();
}
