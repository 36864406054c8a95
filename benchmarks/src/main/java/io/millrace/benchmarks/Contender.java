package io.millrace.benchmarks;

import java.nio.file.Path;

/** One way to run the scenario's commands and to replay what they left behind. */
interface Contender {
    /** What was computed; must be the same for all contenders. */
    record Answer(long accepted, long events, long stateHash, long readModelHash) {}

    /** A live run: from the first publish until the last event has reached the read model. */
    record Live(long elapsedNs, long allocatedBytes, Answer answer) {}

    /** A replay into a fresh state machine. */
    record Replay(long elapsedNs, long events, long stateHash) {}

    Live run(Path directory, Settings settings) throws Exception;

    Replay replay(Path directory, Settings settings) throws Exception;
}
