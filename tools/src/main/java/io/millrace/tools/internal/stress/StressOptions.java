package io.millrace.tools.internal.stress;

import io.millrace.engine.EngineConfig;
import io.millrace.engine.StageLayout;
import io.millrace.journal.Durability;
import java.nio.file.Path;

/**
 * What the user asked for.
 *
 * @param directory of journal and acknowledgements
 * @param producers how many threads publish
 * @param commands how many in all
 * @param kills how many processes to kill
 * @param seed of the moments to kill at
 * @param durability at which outcomes are wanted
 * @param layout of the stages
 * @param ringSize slots of the ring
 * @param stallNs without any outcome before it counts as hanging
 */
record StressOptions(
        Path directory,
        int producers,
        long commands,
        int kills,
        long seed,
        Durability durability,
        StageLayout layout,
        int ringSize,
        long stallNs) {
    Path journalDirectory() {
        return directory.resolve("journal");
    }

    Path ackFile() {
        return directory.resolve("acknowledged");
    }

    EngineConfig engineConfig() {
        return EngineConfig.at(journalDirectory())
                .layout(layout)
                .ringSize(ringSize)
                .maxCommandBytes(StressMachine.PAYLOAD_BYTES);
    }

    StressMachine newMachine() {
        return new StressMachine(producers);
    }

    /** How many commands a producer has to get through. */
    long commandsOf(final int producer) {
        return commands / producers + (producer <= commands % producers ? 1 : 0);
    }
}
