package io.millrace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.OutcomeView;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.IoUtil;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One process of {@link ChecksCost}: publishes counter commands in spans, with and without the checks in turns, and prints
 * for each span how many a second came back journaled, and what processor time all threads together took for one.
 */
@Command(name = ChecksRun.NAME, hidden = true)
final class ChecksRun implements Callable<Integer> {
    static final String NAME = "checks-run";

    @Option(names = "--commands", required = true)
    private long commands;

    @Option(names = "--spans", required = true)
    private int spans;

    @Option(names = "--dir", required = true)
    private Path directory;

    private final AtomicLong answered = new AtomicLong();
    /** Spinning would count as processor time. */
    private final IdleStrategy idle = Settings.Wait.RESTING.idle();

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Override
    public Integer call() throws Exception {
        final Path journal = Files.createTempDirectory(directory, "checks-");
        try {
            run(journal);
        } finally {
            IoUtil.delete(journal.toFile(), false);
        }
        return 0;
    }

    private void run(final Path journal) throws Exception {
        final CounterScenario scenario = new CounterScenario();
        final EngineConfig config = EngineConfig.at(journal)
                .maxCommandBytes(scenario.maxCommandBytes())
                .waitStrategy(Settings.Wait.RESTING::disruptor);
        config.journal().eventTypes(scenario.eventTypes()).expectedStreams(scenario.streams());
        try (Engine engine = Engine.launch(config, scenario.machine())) {
            final Publisher publisher = engine.newPublisher(1, this::onOutcome);
            // As many again, before, to warm up.
            for (int span = -spans; span < spans; span++) {
                WithoutChecks.off = (span & 1) != 0;
                requireChecks(!WithoutChecks.off);
                measure(publisher, scenario, span >= 0);
            }
            engine.inspect(machine -> {
                        scenario.checkState(2 * spans * commands);
                        return true;
                    })
                    .get();
        }
    }

    private void measure(final Publisher publisher, final CounterScenario scenario, final boolean printed) {
        final long startNs = System.nanoTime();
        final long startCpuNs = system.getProcessCpuTime();
        publish(publisher, scenario, commands);
        final long elapsedNs = System.nanoTime() - startNs;
        final long cpuNs = system.getProcessCpuTime() - startCpuNs;
        if (printed) {
            System.out.println(!WithoutChecks.off + " " + 1e9 * commands / elapsedNs + " " + (double) cpuNs / commands);
        }
    }

    /** An outcome that is not an acceptance leaves the count short, and the run never ends well. */
    private void onOutcome(final OutcomeView outcome) {
        Require.equal("status ordinal", 0, outcome.status().ordinal());
        answered.lazySet(answered.getPlain() + 1);
    }

    private void publish(final Publisher publisher, final CounterScenario scenario, final long count) {
        final UnsafeBuffer command = new UnsafeBuffer(new byte[scenario.length()]);
        final long target = answered.get() + count;
        for (long i = 0; i < count; i++) {
            scenario.write(command, 0);
            while (publisher.offer(scenario.typeId(), i, Durability.JOURNALED, command, 0, scenario.length()) < 0) {
                idle.idle();
            }
        }
        while (answered.get() < target) {
            idle.idle();
        }
    }

    private static void requireChecks(final boolean on) {
        final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(8));
        if (Crc32c.INSTANCE.compute(bytes.addressOffset(), 0, 8) != 0 != on) {
            throw new IllegalStateException("the checks must be on or off as they are told to be: on=" + on);
        }
    }
}
