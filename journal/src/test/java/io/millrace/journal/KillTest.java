package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it appends. Whatever it acknowledged is there when the journal is opened again. */
class KillTest {
    @TempDir
    Path directory;

    private int maxPayloadBytes;
    private long sequence;

    @Test
    void shouldHoldEveryAcknowledgedEventWhenTheProcessWasKilled() throws Exception {
        killAndOpen(5_000, JournalConfig.DEFAULT_TOUCH_AHEAD_BYTES);
    }

    /** Most of these go past the mapping. */
    @Test
    void shouldHoldEveryAcknowledgedEventWhenTheProcessWasKilledWithLongCommitsAndNothingFilledAhead()
            throws Exception {
        killAndOpen(60_000, 0);
    }

    private void killAndOpen(final int payloadBytes, final int touchAheadBytes) throws Exception {
        maxPayloadBytes = payloadBytes;
        final int rounds = Integer.getInteger("millrace.killRounds", 5);
        final Random random = Seed.random(getClass());
        for (int round = 0; round < rounds; round++) {
            final long acknowledged = appendAndKill(random, touchAheadBytes);
            sequence = 0;
            try (Journal journal = Journal.open(JournalFixture.config(directory), this::check)) {
                assertTrue(sequence >= acknowledged, () -> sequence + " found, acknowledged " + acknowledged);
                assertEquals(sequence, journal.journaledSequence());
                assertEquals(2 * round + 2, journal.epoch());
                assertWholeCommand(sequence);
            }
        }
    }

    private long appendAndKill(final Random random, final int touchAheadBytes)
            throws IOException, InterruptedException {
        final Process process = ChildJvm.start(
                true,
                AppendingProcess.class,
                directory.toString(),
                Integer.toString(maxPayloadBytes),
                Integer.toString(touchAheadBytes));
        long acknowledged = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int remaining = 1 + random.nextInt(500); remaining > 0; remaining--) {
                acknowledged = Long.parseLong(lines.readLine());
            }
            for (int spins = random.nextInt(1_000_000); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            // Through the handle: the process itself would close the pipe with what is still in it.
            process.toHandle().destroyForcibly();
            process.waitFor();
            return Math.max(acknowledged, lastWhole(lines));
        }
    }

    /** What it still printed before it died; its last line may be cut off, and is then smaller than it was. */
    private static long lastWhole(final BufferedReader lines) throws IOException {
        long last = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            last = Math.max(last, line.isEmpty() ? 0 : Long.parseLong(line));
        }
        return last;
    }

    private void check(final EventView event) {
        sequence++;
        assertEquals(sequence, event.sequence());
        assertEquals(AppendingProcess.stream(sequence), event.streamId());
        assertEquals(
                AppendingProcess.payload(sequence, maxPayloadBytes),
                event.buffer().getStringWithoutLengthUtf8(event.offset(), event.length()));
    }

    /** Commands start where the one before ended, so the last must end there too. */
    private static void assertWholeCommand(final long last) {
        long end = 0;
        while (end < last) {
            end += 1 + (end + 1) % 3;
        }
        assertEquals(last, end);
    }
}
