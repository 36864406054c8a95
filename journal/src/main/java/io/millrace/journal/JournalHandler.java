package io.millrace.journal;

/**
 * Receives the contents of a journal in order: each command, then its events, then the end of its commit. The views are
 * valid only during the call. An exception stops the reading; the next read starts with the call that threw, and repeats
 * none before it.
 */
@FunctionalInterface
public interface JournalHandler {
    /**
     * An event.
     *
     * @param event valid during the call only
     */
    void onEvent(EventView event);

    /**
     * A command, before its events. A read that starts in the middle of a command's events delivers the rest of the
     * events without the command.
     *
     * @param command valid during the call only
     */
    default void onCommand(final CommandView command) {}

    /**
     * The events that will be delivered next: a chance to read the memory they will need, many look-ups in a row, so that
     * the waits overlap. Purely for speed. Nothing may be changed or concluded: what is read may change before the events
     * are delivered, and events may be shown that were delivered before.
     *
     * @param events valid during the call only
     */
    default void onAhead(final EventBatch events) {}

    /**
     * All of a commit has been delivered.
     *
     * @param lastSequence sequence of the last event up to and including this commit; 0 if there was none yet
     */
    default void onCommitEnd(final long lastSequence) {}
}
