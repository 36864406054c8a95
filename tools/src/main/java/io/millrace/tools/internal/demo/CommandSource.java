package io.millrace.tools.internal.demo;

import org.agrona.MutableDirectBuffer;

/** Commands, one behind the other. For one thread. */
interface CommandSource {
    /** How many there are left. */
    long remaining();

    /** Writes the next command at the start of a buffer and returns its length. */
    int next(MutableDirectBuffer target);

    /** The type of the command that was written last. */
    int typeId();
}
