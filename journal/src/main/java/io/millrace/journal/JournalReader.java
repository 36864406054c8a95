package io.millrace.journal;

/**
 * Reads a journal forward, in place, without copying. Belongs to one thread at a time. Every commit is checked (CRC,
 * chain, dense sequence) before any of it is delivered. Does not allocate while polling.
 */
public interface JournalReader extends AutoCloseable {
    /**
     * Delivers what is there, up to a number of commits, and returns at once when nothing is.
     *
     * @param handler receives commands and events; if it throws, the exception passes through and the next poll starts
     *     with the call that threw. It must not seek or poll this reader
     * @param maxCommits at least 1
     * @return number of commits read, those before the wanted sequence included; 0 when there was nothing new
     * @throws JournalCorruptException if the next commit is not as it was written; later polls throw the same
     * @throws JournalFailedException if the reader or the journal was closed
     */
    int poll(JournalHandler handler, int maxCommits);

    /**
     * The next sequence to deliver.
     *
     * @return the sequence
     */
    long nextSequence();

    /**
     * Moves the reader. Commands are delivered from there on too; one without events counts as standing at the sequence
     * of the next event behind it.
     *
     * @param fromSequence first sequence to deliver, at least 1; may lie ahead of the journal
     */
    void seek(long fromSequence);

    /** Releases the mapping. Idempotent. */
    @Override
    void close();
}
