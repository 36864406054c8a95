package io.millrace.journal;

/** Events that come next, to read ahead for: see {@link JournalHandler#onAhead}. Valid during the call only. */
public interface EventBatch {
    /**
     * How many events.
     *
     * @return at least 1, at most {@link #MAX_EVENTS}
     */
    int size();

    /**
     * One of the events. There is one view, moved by each call.
     *
     * @param index 0 to {@link #size()} - 1
     * @return the event, without its timestamp
     */
    EventView get(int index);

    /** Most events in a batch. */
    int MAX_EVENTS = 128;
}
