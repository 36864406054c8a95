package io.millrace.tools.internal.demo;

import io.millrace.journal.Durability;
import java.nio.file.Path;

/**
 * What the user asked for.
 *
 * @param directory of the journal
 * @param temporary whether it is deleted at the end
 * @param maxCommands to run
 * @param durability at which outcomes are wanted
 * @param ringSize slots of the ring
 * @param warmUpCommands to run in a journal of their own before, so that the run is not one of cold code
 * @param rate commands each second, 0 for as many as the engine takes
 * @param ackLog where to log acknowledgements, or null
 * @param json whether to print JSON at the end
 */
record DemoOptions(
        Path directory,
        boolean temporary,
        long maxCommands,
        Durability durability,
        int ringSize,
        long warmUpCommands,
        long rate,
        Path ackLog,
        boolean json) {
    /** The same without a rate. */
    DemoOptions atFullSpeed() {
        return new DemoOptions(
                directory, temporary, maxCommands, durability, ringSize, warmUpCommands, 0, ackLog, json);
    }
}
