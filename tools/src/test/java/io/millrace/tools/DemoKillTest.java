package io.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.tools.internal.stress.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoKillTest {
    private static final int LINE_LENGTH = 20;
    private static final long POLL_NS = 100_000;

    @TempDir
    private Path folder;

    @Test
    void shouldRecoverEveryAcknowledgedCommandWhenKilled() throws Exception {
        final Path edits = Path.of(System.getProperty("millrace.wikiEdits", "no millrace.wikiEdits"));
        assumeTrue(Files.exists(edits), () -> "needs the edits that the build unpacks: " + edits);
        final long seed = System.nanoTime();
        final Path journal = folder.resolve("journal");
        final Path log = folder.resolve("acks");
        final long linesBeforeKill = 1 + new Random(seed).nextInt(5_000);

        killAfter(
                linesBeforeKill,
                log,
                "demo",
                "--dir=" + journal,
                "--edits=" + edits,
                "--warm-up=0",
                "--rate=20000",
                "--ack-log=" + log);

        final long acknowledgedEdits = Files.size(log) / LINE_LENGTH;
        final Run run = Run.millrace("demo", "--dir=" + journal, "--warm-up=0", "--ack-log=" + log, "--json")
                .succeeded();
        final JsonNode json = run.json();
        assertTrue(
                json.get("start_recovered_events").asLong() >= 2 * acknowledgedEdits,
                () -> "seed=" + seed + ", acknowledged edits=" + acknowledgedEdits + ", " + run);
        assertTrue(run.out().contains("is among them"), run::toString);
        // Whatever was lost was not acknowledged, and is recorded now: the whole is as if nothing had happened.
        assertEquals(2 * 39_244, json.get("recovered_events").asInt(), () -> "seed=" + seed);
        assertTrue(run.out().contains("8,991,275"), run::toString);
        assertTrue(json.get("state_identical").asBoolean(), () -> "seed=" + seed);
    }

    private static void killAfter(final long lines, final Path log, final String... arguments)
            throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(arguments)) {
            while (child.alive() && (!Files.exists(log) || Files.size(log) < lines * LINE_LENGTH)) {
                LockSupport.parkNanos(POLL_NS);
            }
            assertEquals(ChildProcess.KILLED, child.kill());
        }
    }
}
