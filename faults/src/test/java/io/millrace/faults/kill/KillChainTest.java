package io.millrace.faults.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes die at failpoints, and what they leave behind is judged. */
final class KillChainTest {
    private static final long SEED = 11;
    private static final int KILLS = 4;

    @TempDir
    private Path directory;

    private final List<Verdict> verdicts = new ArrayList<>();

    private final RoundSink sink = new RoundSink() {
        @Override
        public void ran(final String fault, final Verdict verdict) {
            verdicts.add(verdict);
        }

        @Override
        public void missed(final String fault) {}

        @Override
        public void skipped(final String fault, final String reason) {}
    };

    @Test
    void shouldRecoverWhenProcessesAreKilledAtFailpoints() throws IOException, InterruptedException {
        final ChildJvm jvm = ChildJvm.prepare(directory);
        final Path scratch = Files.createDirectories(directory.resolve("chain"));
        final Death death = new FailpointDeath(
                jvm, WorkChild.class, new KillPlan(jvm.firstRunCounts()), directory.resolve("counts"));
        final KillChain chain = new KillChain(scratch, death, false, SEED);

        for (int kill = 0; kill < KILLS; kill++) {
            assertTrue(chain.next(sink), verdicts::toString);
        }

        assertTrue(verdicts.size() > 0);
    }

    @Test
    void shouldFindALossWhenMoreWasAcknowledgedThanIsThere() throws IOException {
        final Path acksFile = directory.resolve("acks");
        final AckFile acks = AckFile.map(acksFile);
        final WorkOptions options = WorkOptions.once(directory.resolve("journal"), acksFile, SEED);
        SoundRun.run(options, acks, WorkOptions.journal(options.directory()));

        final Verdict sound = Recovery.check(options, acks, Durability.JOURNALED);
        acks.acked(1, acks.acked(1) + 1, Durability.JOURNALED);
        final Verdict lost = Recovery.check(options, acks, Durability.JOURNALED);

        assertEquals(Verdict.recovered(), sound);
        assertEquals(Verdict.Kind.LOST, lost.kind());
    }
}
