package io.millrace.engine;

import io.millrace.journal.JournalHandler;

/**
 * The journaled commands as they lie in the ring: the same events in the same order as a reader of the journal sees
 * them, nanoseconds behind, without touching the journal. A subscriber holds the ring back until it has polled; one that
 * falls behind must leave. For one thread.
 */
public interface RingFeed extends AutoCloseable {
    /**
     * Starts to hold the ring. What is published from now on will be delivered. What was published before will not, even
     * if it is journaled later: it must be read from the journal, up to the first sequence delivered here.
     *
     * @throws IllegalStateException if the feed has joined and not left
     */
    void join();

    /**
     * Delivers what was journaled since the last poll, up to a number of commands. Never waits.
     *
     * @param handler receives commands and events; {@code onCommitEnd} comes after each command. If it throws, the
     *     exception passes through and the feed has {@linkplain #leave() left} the ring
     * @param maxCommands at least 1
     * @return number of slots passed; 0 when there was nothing new
     * @throws IllegalStateException if the feed has not joined
     */
    int poll(JournalHandler handler, int maxCommands);

    /**
     * How far this subscriber is behind the journaled commands, as a share of what it holds back: ring slots, or, when
     * that is more, the memory of their records as if the ring were full when it is.
     *
     * @return ring slots, 0 to about the size of the ring
     */
    long lag();

    /** Stops holding the ring. What was not polled must be read from the journal. Idempotent. */
    void leave();

    /** Leaves. */
    @Override
    void close();
}
