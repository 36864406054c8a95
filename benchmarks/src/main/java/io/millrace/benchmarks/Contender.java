package io.millrace.benchmarks;

import java.nio.file.Path;

/** One way to run the scenario's commands and to replay what they left behind. */
interface Contender {
    /** What was computed; must be the same for all contenders. */
    record Answer(long accepted, long events, long stateHash, long readModelHash) {}

    /** A live run: from the first transfer's publishing until the last one has reached the read model. */
    record Live(long elapsedNs, Usage usage, Answer answer) {}

    /** A replay into a fresh state machine, with all it takes to open the journal. */
    record Replay(long elapsedNs, long events, long stateHash) {}

    Live run(Path directory, Settings settings) throws Exception;

    Replay replay(Path directory, Settings settings) throws Exception;
}
