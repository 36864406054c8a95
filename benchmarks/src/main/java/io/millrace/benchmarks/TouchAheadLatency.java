package io.millrace.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.benchmarks.rig.Environment;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What touching pages ahead of the writer does to the tail: commands on a fixed schedule, timed from the moment at which
 * each was due to its outcome at {@code JOURNALED}; with pages touched ahead and without, in turns.
 */
@Command(
        name = TouchAheadLatency.NAME,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures latency on a fixed schedule with pages touched ahead of the writer and without.")
final class TouchAheadLatency implements Callable<Integer> {
    static final String NAME = "touch-ahead";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};
    private static final long MAX_LATENCY_NS = 60_000_000_000L;

    @Option(names = "--rate", description = "commands per second")
    private int rate = 200_000;

    @Option(names = "--seconds", description = "per run, after two to warm up")
    private int seconds = 10;

    @Option(names = "--rounds", description = "pairs of runs")
    private int rounds = 5;

    @Option(names = "--dir", description = "where the journals go; emptied after each run")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--report", description = "folder for the JSON and the table; none without it")
    private Path report;

    private final Histogram touched = new Histogram(MAX_LATENCY_NS, 3);
    private final Histogram untouched = new Histogram(MAX_LATENCY_NS, 3);

    @Override
    public Integer call() throws Exception {
        for (int round = 0; round < rounds; round++) {
            final boolean touchedFirst = (round & 1) == 0;
            run(touchedFirst);
            run(!touchedFirst);
            System.err.printf("round %d of %d%n", round + 1, rounds);
        }
        print();
        return 0;
    }

    private void run(final boolean touch) throws Exception {
        final Path journal = Files.createTempDirectory(directory, "touch-ahead-");
        try {
            final Histogram latencies = new Histogram(MAX_LATENCY_NS, 3);
            run(journal, touch, 2, new Histogram(MAX_LATENCY_NS, 3));
            IoUtil.delete(journal.toFile(), false);
            run(journal, touch, seconds, latencies);
            (touch ? touched : untouched).add(latencies);
        } finally {
            IoUtil.delete(journal.toFile(), false);
        }
    }

    private void run(final Path journal, final boolean touch, final int forSeconds, final Histogram latencies)
            throws Exception {
        final CounterScenario scenario = new CounterScenario();
        final EngineConfig config = EngineConfig.at(journal).maxCommandBytes(scenario.maxCommandBytes());
        config.journal()
                .eventTypes(scenario.eventTypes())
                .expectedStreams(scenario.streams())
                .touchAheadBytes(touch ? JournalConfig.DEFAULT_TOUCH_AHEAD_BYTES : 0);
        final AtomicLong answered = new AtomicLong();
        try (Engine engine = Engine.launch(config, scenario.machine())) {
            // The request id is the time at which the command was due.
            final Publisher publisher = engine.newPublisher(1, outcome -> {
                latencies.recordValue(Math.min(MAX_LATENCY_NS, System.nanoTime() - outcome.requestId()));
                answered.lazySet(answered.getPlain() + 1);
            });
            publish(publisher, scenario, (long) rate * forSeconds, answered);
        }
    }

    private void publish(
            final Publisher publisher, final CounterScenario scenario, final long commands, final AtomicLong answered) {
        final UnsafeBuffer command = new UnsafeBuffer(new byte[scenario.length()]);
        final long intervalNs = 1_000_000_000L / rate;
        final long startNs = System.nanoTime();
        for (long i = 0; i < commands; i++) {
            final long dueNs = startNs + i * intervalNs;
            while (System.nanoTime() - dueNs < 0) {
                Thread.onSpinWait();
            }
            scenario.write(command, 0);
            while (publisher.offer(scenario.typeId(), dueNs, Durability.JOURNALED, command, 0, scenario.length()) < 0) {
                Thread.onSpinWait();
            }
        }
        while (answered.get() < commands) {
            Thread.onSpinWait();
        }
    }

    private void print() throws IOException, InterruptedException {
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("touched_us", percentiles(touched));
        result.put("untouched_us", percentiles(untouched));
        result.put("rate", rate);
        result.put("seconds", seconds);
        result.put("rounds", rounds);
        result.put("durability", "JOURNALED");
        result.put("environment", Environment.describe(directory));
        final String table = table();
        if (report != null) {
            Files.createDirectories(report);
            Files.writeString(report.resolve("touch-ahead.md"), table);
            Files.writeString(
                    report.resolve("touch-ahead.json"),
                    JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result) + "\n");
        }
        System.out.print(table);
        System.out.println(JSON.writeValueAsString(result));
    }

    private static Map<String, Double> percentiles(final Histogram histogram) {
        final Map<String, Double> values = new LinkedHashMap<>();
        for (final double percentile : PERCENTILES) {
            values.put("p" + percentile, histogram.getValueAtPercentile(percentile) / 1e3);
        }
        return values;
    }

    private String table() {
        final StringBuilder table = new StringBuilder(String.format(
                "Counter machine, 64-byte commands, %,d a second on a fixed schedule, from due to JOURNALED outcome; %d"
                        + " runs of %d s each, in turns; microseconds.%n%n",
                rate, rounds, seconds));
        table.append("| pages | p50 | p90 | p99 | p99.9 | p99.99 | max |\n|---|---|---|---|---|---|---|\n");
        row(table, "touched ahead of the writer", touched);
        row(table, "touched by the writer", untouched);
        return table.toString();
    }

    private static void row(final StringBuilder table, final String name, final Histogram histogram) {
        table.append("| ").append(name);
        for (final double percentile : PERCENTILES) {
            table.append(String.format(" | %.1f", histogram.getValueAtPercentile(percentile) / 1e3));
        }
        table.append(" |\n");
    }
}
