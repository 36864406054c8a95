package io.millrace.benchmarks.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * The latencies of a run by section, each recorded by the one thread on which that section ends, and a log of them with a
 * histogram for each second.
 */
final class Recording implements AutoCloseable {
    private static final long MAX_NS = 60_000_000_000L;
    private static final int DIGITS = 3;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

    private final Map<Section, SingleWriterRecorder> recorders = new EnumMap<>(Section.class);
    private final Map<Section, Histogram> totals = new EnumMap<>(Section.class);
    private final Map<Section, HistogramLogWriter> logs = new EnumMap<>(Section.class);
    private final Map<Section, Path> files = new EnumMap<>(Section.class);
    private final SingleWriterRecorder pauses = new SingleWriterRecorder(MAX_NS, DIGITS);
    private long startMs;

    Recording(final Path folder, final String name) throws IOException {
        for (final Section section : Section.values()) {
            recorders.put(section, new SingleWriterRecorder(MAX_NS, DIGITS));
            totals.put(section, new Histogram(MAX_NS, DIGITS));
            if (folder != null) {
                Files.createDirectories(folder);
                final Path file = folder.resolve(name + "-" + section.key() + ".hlog");
                // An earlier run may have ended the other way: both names would tell of one run.
                Files.deleteIfExists(file);
                Files.deleteIfExists(missed(file));
                files.put(section, file);
            }
        }
    }

    /**
     * Forgets what was recorded so far, the warm-up: it records too, or the compiled code would meet its first latency in
     * the measurement, and be thrown away there.
     */
    void start(final long fromMs) {
        startMs = fromMs;
        recorders.values().forEach(SingleWriterRecorder::reset);
        pauses.reset();
    }

    /** A section that nothing ends with has no log. */
    private HistogramLogWriter logOf(final Section section) {
        return logs.computeIfAbsent(section, any -> {
            try {
                final HistogramLogWriter log =
                        new HistogramLogWriter(files.get(section).toFile());
                log.outputComment("latency from when a command was due, in nanoseconds: " + section.key());
                log.outputLogFormatVersion();
                log.outputStartTime(startMs);
                log.setBaseTime(startMs);
                log.outputLegend();
                return log;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** By the thread on which the section ends. */
    void record(final Section section, final long latencyNs) {
        recorders.get(section).recordValue(Math.min(MAX_NS, Math.max(0, latencyNs)));
    }

    /** By the thread that does nothing but find out how long it is held up. */
    void recordPause(final long pauseNs) {
        pauses.recordValue(Math.min(MAX_NS, Math.max(0, pauseNs)));
    }

    /** Once a second, by the thread that sees to the log. */
    void log() {
        recorders.forEach((section, recorder) -> {
            final Histogram interval = recorder.getIntervalHistogram();
            totals.get(section).add(interval);
            if (files.containsKey(section) && interval.getTotalCount() > 0) {
                logOf(section).outputIntervalHistogram(interval);
            }
        });
    }

    /** Microseconds by percentile; of the sections that have any. */
    Map<String, Object> summary() {
        final Map<String, Object> summary = new LinkedHashMap<>();
        totals.forEach((section, total) -> {
            if (total.getTotalCount() > 0) {
                summary.put(section.key(), percentiles(total));
            }
        });
        summary.put("idle_thread", percentiles(pauses.getIntervalHistogram()));
        return summary;
    }

    static Map<String, Double> percentiles(final Histogram histogram) {
        final Map<String, Double> values = new LinkedHashMap<>();
        for (final double percentile : PERCENTILES) {
            values.put(
                    percentile == 100 ? "max" : "p" + (percentile % 1 == 0 ? "" + (int) percentile : "" + percentile),
                    histogram.getValueAtPercentile(percentile) / 1e3);
        }
        values.put("count", (double) histogram.getTotalCount());
        return values;
    }

    /** Renames the logs of a run that missed its rate: its figures are of another rate than its name says. */
    void markMissed() throws IOException {
        for (final Path file : files.values()) {
            if (Files.exists(file)) {
                Files.move(file, missed(file));
            }
        }
    }

    private static Path missed(final Path file) {
        return file.resolveSibling("FAILED-" + file.getFileName());
    }

    @Override
    public void close() {
        logs.values().forEach(HistogramLogWriter::close);
    }
}
