package io.millrace.tools.internal.stress;

import io.millrace.engine.StageLayout;
import io.millrace.journal.Durability;
import picocli.CommandLine.Option;

/** Options that a stress run and its child processes have in common. */
final class StressMixin {
    @Option(
            names = "--producers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Threads that publish, 1 to 64. Default: ${DEFAULT-VALUE}.")
    int producers;

    @Option(
            names = "--durability",
            paramLabel = "journaled|synced",
            defaultValue = "journaled",
            description = "Level of the acknowledgements. Default: ${DEFAULT-VALUE}.")
    Durability durability;

    @Option(
            names = "--layout",
            paramLabel = "fused|pipelined",
            defaultValue = "fused",
            description = "How the stages are spread over threads. Default: ${DEFAULT-VALUE}.")
    StageLayout layout;

    @Option(
            names = "--ring",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Slots of the ring, a power of two. Default: ${DEFAULT-VALUE}.")
    int ringSize;

    @Option(
            names = "--stall-seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Without an outcome for so long, it counts as hanging. Default: ${DEFAULT-VALUE}.")
    int stallSeconds;
}
