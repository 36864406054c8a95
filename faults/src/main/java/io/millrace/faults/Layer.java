package io.millrace.faults;

import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import java.io.IOException;

/**
 * A way to do harm, and to see what comes of it.
 *
 * @param name on the command line
 * @param what it does, in a line
 * @param quickTasks how many tasks the quick set has
 * @param fullTasks how many the full set has
 * @param runsPerTask about how many faults a task comes to, for the progress bar
 * @param body runs the tasks
 */
record Layer(String name, String what, int quickTasks, int fullTasks, int runsPerTask, Body body) {
    /** The work of a layer. */
    @FunctionalInterface
    interface Body {
        void run(Rounds rounds, RoundSink sink) throws IOException, InterruptedException;
    }
}
