package io.millrace.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNotCountWhatWasRecordedInTheWarmUp() throws Exception {
        try (Recording recording = new Recording(null, "run")) {
            recording.record(Section.JOURNALED, 1_000_000);
            recording.start(0);
            recording.record(Section.JOURNALED, 1_000);
            recording.log();

            final Map<?, ?> journaled = (Map<?, ?>) recording.summary().get("journaled");
            assertEquals(1.0, journaled.get("count"));
            assertEquals(1.0, (double) journaled.get("max"), 0.01);
            assertFalse(recording.summary().containsKey("synced"));
        }
    }

    @Test
    void shouldLogWhatOthersCanRead() throws Exception {
        try (Recording recording = new Recording(folder, "run")) {
            recording.start(0);
            recording.record(Section.PROJECTED, 5_000);
            recording.log();
        }

        try (FileInputStream log =
                        new FileInputStream(folder.resolve("run-projected.hlog").toFile());
                HistogramLogReader reader = new HistogramLogReader(log)) {
            assertEquals(1, ((Histogram) reader.nextIntervalHistogram()).getTotalCount());
        }
    }

    @Test
    void shouldMarkTheLogsOfARunThatMissedItsRate() throws Exception {
        try (Recording recording = new Recording(folder, "run")) {
            recording.start(0);
            recording.record(Section.JOURNALED, 5_000);
            recording.log();
            recording.markMissed();
        }

        assertTrue(Files.exists(folder.resolve("FAILED-run-journaled.hlog")));
        assertFalse(Files.exists(folder.resolve("run-journaled.hlog")));
        assertFalse(Files.exists(folder.resolve("FAILED-run-synced.hlog")));
    }

    @Test
    void shouldReplaceTheLogsOfAnEarlierRunWhicheverWayThatEnded() throws Exception {
        for (final boolean missed : new boolean[] {true, true, false, true}) {
            try (Recording recording = new Recording(folder, "run")) {
                recording.start(0);
                recording.record(Section.JOURNALED, 5_000);
                recording.log();
                if (missed) {
                    recording.markMissed();
                }
            }

            assertEquals(missed, Files.exists(folder.resolve("FAILED-run-journaled.hlog")));
            assertEquals(!missed, Files.exists(folder.resolve("run-journaled.hlog")));
        }
    }
}
