package io.millrace.faults.kill;

import java.io.IOException;
import java.util.SplittableRandom;

/** A way for a child process to die. */
interface Death {
    /**
     * What became of one process.
     *
     * @param fault by which it was to die
     * @param exit how it ended: KILLED, or DONE if the fault did not come its way, or else as it must not
     * @param said what it wrote to its error output
     */
    record Outcome(String fault, ChildExit exit, String said) {}

    /** Starts a process and has it die; {@code torn} says that it will find something to cut. */
    Outcome next(WorkOptions options, SplittableRandom random, boolean torn) throws IOException, InterruptedException;
}
