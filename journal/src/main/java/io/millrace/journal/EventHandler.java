package io.millrace.journal;

/** Receives events. */
@FunctionalInterface
public interface EventHandler {
    /**
     * An event.
     *
     * @param event valid during the call only
     */
    void onEvent(EventView event);
}
