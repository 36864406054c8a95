package io.millrace.engine;

/** Commands that will be decided next, to read ahead for: see {@link StateMachine#prefetch}. Valid during the call only. */
public interface CommandBatch {
    /** Most commands in a batch. */
    int MAX_COMMANDS = 128;

    /**
     * How many commands.
     *
     * @return at least 1, at most {@link #MAX_COMMANDS}
     */
    int size();

    /**
     * One of the commands. There is one view, moved by each call.
     *
     * @param index 0 to {@link #size()} - 1
     * @return the command; its time and next sequence are not known yet
     */
    Command get(int index);
}
