package io.millrace.faults.kill;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Engine;
import io.millrace.journal.RecoveryReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A torn tail is one that the journal cuts; else the failpoints of a cut would never be passed. */
final class TornTailTest {
    private static final long SEED = 4;
    private static final int TEARS = 8;

    @TempDir
    private Path directory;

    @Test
    void shouldBeCutWhenTheMachineWentDown() throws IOException {
        final WorkOptions options = WorkOptions.once(directory.resolve("journal"), directory.resolve("acks"), SEED);
        final Path copy = directory.resolve("copy");
        final WorkMachine machine = new WorkMachine();
        try (Engine engine = Engine.launch(options.engine(), machine)) {
            new Workload(engine, machine, AckFile.map(options.acks()), options).run();
            engine.journal().force();
            Recovery.copyAs(options.directory(), copy);
        }
        int cuts = 0;

        for (int tear = 0; tear < TEARS; tear++) {
            final Path torn = directory.resolve("torn" + tear);
            Recovery.copyAs(copy, torn);
            assertTrue(TornTail.tear(torn, new SplittableRandom(tear)));
            cuts += isCut(options.at(torn)) ? 1 : 0;
        }

        assertTrue(cuts > TEARS / 4, "cuts=" + cuts);
    }

    @Test
    void shouldBeLeftAloneWhenTheJournalWasClosed() throws IOException {
        final WorkOptions options = WorkOptions.once(directory.resolve("journal"), directory.resolve("acks"), SEED);

        SoundRun.run(options, AckFile.map(options.acks()), WorkOptions.journal(options.directory()));

        assertFalse(TornTail.tear(options.directory(), new SplittableRandom(SEED)));
    }

    private static boolean isCut(final WorkOptions options) {
        try (Engine engine = Engine.launch(options.engine(), new WorkMachine())) {
            final RecoveryReport recovery = engine.journal().recovery();
            return recovery.cut();
        }
    }
}
