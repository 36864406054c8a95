package io.millrace.benchmarks.compare;

import io.millrace.engine.EngineConfig;
import io.millrace.engine.StageLayout;
import io.millrace.journal.JournalConfig;
import io.millrace.projections.Attachment;
import java.util.List;
import picocli.CommandLine.Option;

/** How Millrace and the contenders wired by hand may be set up otherwise than they are by default, to try things. */
final class Options {
    @Option(names = "--layout", description = "Millrace's stages: ${COMPLETION-CANDIDATES}")
    private StageLayout layout = StageLayout.FUSED;

    @Option(names = "--attachment", description = "Millrace's projection: ${COMPLETION-CANDIDATES}")
    private Attachment attachment = Attachment.TAILING;

    @Option(names = "--ring-size", description = "slots of the ring, Millrace's and the hand-wired ones'")
    private int ringSize = EngineConfig.DEFAULT_RING_SIZE;

    /** The same on a command line. */
    List<String> arguments() {
        return List.of(
                "--layout=" + layout,
                "--attachment=" + attachment,
                "--ring-size=" + ringSize,
                "--max-batch=" + maxBatchCommands,
                "--touch-ahead=" + touchAheadBytes);
    }

    @Option(names = "--touch-ahead", description = "bytes that Millrace fills ahead of its writer")
    private int touchAheadBytes = JournalConfig.DEFAULT_TOUCH_AHEAD_BYTES;

    @Option(names = "--max-batch", description = "most commands that Millrace makes one commit of")
    private int maxBatchCommands = EngineConfig.DEFAULT_MAX_BATCH_COMMANDS;

    StageLayout layout() {
        return layout;
    }

    Attachment attachment() {
        return attachment;
    }

    int touchAheadBytes() {
        return touchAheadBytes;
    }

    int maxBatchCommands() {
        return maxBatchCommands;
    }

    int ringSize() {
        return ringSize;
    }
}
