package io.millrace.benchmarks.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmarks.rig.Priming;
import io.millrace.contest.Usage;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.StageLayout;
import io.millrace.journal.JournalConfig;
import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import io.millrace.projections.ProjectionsConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One point of {@code scale} or {@code alloc} in a process of its own. */
@Command(
        name = ScaleRun.NAME,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Publishes events window by window; prints what each window took as JSON.")
public final class ScaleRun implements Callable<Integer> {
    /** On the command line. */
    public static final String NAME = "scale-run";

    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int OVERHEAD_BYTES = 72;
    private static final long MOST_PRIMED_BYTES = 2L << 30;

    @Option(names = "--events", description = "in all, warm-up not counted")
    private long events = 2_000_000;

    @Option(names = "--window", description = "events that are timed together")
    private long window = 1_000_000;

    @Option(names = "--warm-up", description = "events before the first window")
    private long warmUp = 1_000_000;

    @Option(names = "--streams")
    private int streams = 262_144;

    @Option(names = "--producers")
    private int producerCount = 1;

    @Option(names = "--payload", description = "bytes of a command and of its event")
    private int payloadBytes = 64;

    @Option(names = "--projections")
    private int projectionCount = 1;

    @Option(names = "--layout", description = "${COMPLETION-CANDIDATES}")
    private StageLayout layout = StageLayout.FUSED;

    @Option(names = "--attachment", description = "${COMPLETION-CANDIDATES}")
    private Attachment attachment = Attachment.TAILING;

    @Option(names = "--roll-bytes", description = "of a cycle file")
    private long rollBytes = JournalConfig.DEFAULT_ROLL_BYTES;

    @Option(names = "--dir", description = "where the journal goes")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    private final List<SumProducer> producers = new ArrayList<>();
    private final List<ProjectionHandle<SumProjection>> handles = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        final Path scratch = Files.createTempDirectory(directory, "millrace-scale-");
        try {
            Priming.touch(scratch, Math.min(MOST_PRIMED_BYTES, (warmUp + events) * (payloadBytes + OVERHEAD_BYTES)));
            System.out.println(new ObjectMapper().writeValueAsString(run(Files.createTempDirectory(scratch, "j"))));
            return 0;
        } finally {
            IoUtil.delete(scratch.toFile(), false);
        }
    }

    private EngineConfig config(final Path journal) {
        final EngineConfig config = EngineConfig.at(journal).layout(layout).maxCommandBytes(payloadBytes);
        config.journal()
                .eventTypes(SumMachine.TYPE_ID)
                .expectedStreams(streams)
                .denseStreams(streams)
                .rollBytes(rollBytes)
                .maxCommitBytes(Math.max(JournalConfig.DEFAULT_MAX_COMMIT_BYTES, 64 * payloadBytes));
        return config;
    }

    private Map<String, Object> run(final Path journal) throws Exception {
        final SumMachine machine = new SumMachine(streams);
        try (Engine engine = Engine.launch(config(journal), machine);
                Projections projections =
                        Projections.of(engine, new ProjectionsConfig().ringLagBudget(engine.ringSize() - 1))) {
            for (int i = 0; i < projectionCount; i++) {
                handles.add(projections.start(new SumProjection(i, streams), attachment));
            }
            for (int i = 0; i < producerCount; i++) {
                producers.add(new SumProducer(engine, i, streams, payloadBytes));
            }
            publish(engine, warmUp);
            final List<Map<String, Object>> windows = new ArrayList<>();
            final StageCosts costs = StageCosts.now();
            for (long done = 0; done < events; done += window) {
                windows.add(window(engine, Math.min(window, events - done)));
            }
            final Map<String, Object> result = new LinkedHashMap<>();
            result.put("windows", windows);
            result.put("stages_ns", costs.perEvent(events));
            result.put("heap_bytes", heapBytes());
            result.put("resident_bytes", residentAnonymousBytes());
            check(engine);
            return result;
        }
    }

    private Map<String, Object> window(final Engine engine, final long count) throws InterruptedException {
        final Usage start = Usage.now();
        publish(engine, count);
        final Usage usage = Usage.now().since(start);
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("events", count);
        map.put("ns_per_event", (double) usage.elapsedNs() / count);
        map.put("cpu_ns_per_event", (double) usage.cpuNs() / count);
        map.put("bytes_per_event", (double) usage.allocatedBytes() / count);
        return map;
    }

    private void publish(final Engine engine, final long count) throws InterruptedException {
        if (producerCount == 1) {
            producers.get(0).publish(count);
        } else {
            publishFromThreads(count);
        }
        producers.forEach(SumProducer::await);
        for (final ProjectionHandle<SumProjection> handle : handles) {
            if (!handle.awaitSequence(engine.journal().journaledSequence(), PATIENCE_NS)) {
                throw new IllegalStateException("projection must apply all events: " + handle);
            }
        }
    }

    private void publishFromThreads(final long count) throws InterruptedException {
        final List<Thread> threads = new ArrayList<>();
        for (final SumProducer producer : producers) {
            final Thread thread = new Thread(() -> producer.publish(count / producerCount), "producer");
            thread.start();
            threads.add(thread);
        }
        for (final Thread thread : threads) {
            thread.join();
        }
    }

    /** Fails unless state and read models have all amounts. */
    private void check(final Engine engine) throws Exception {
        final long expected = producers.stream().mapToLong(SumProducer::sum).sum();
        requireSum(
                "state",
                expected,
                engine.inspect(machine -> ((SumMachine) machine).sum()).get());
        for (final ProjectionHandle<SumProjection> handle : handles) {
            requireSum("read model", expected, handle.query(SumProjection::sum));
        }
    }

    private static void requireSum(final String what, final long expected, final long found) {
        if (expected != found) {
            throw new IllegalStateException("sum of the " + what + " must be " + expected + ", found " + found);
        }
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What belongs to the process alone; the journal's pages are the page cache's. 0 where the kernel does not tell. */
    private static long residentAnonymousBytes() throws IOException {
        final Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        for (final String line : Files.readAllLines(status)) {
            if (line.startsWith("RssAnon:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        return 0;
    }
}
