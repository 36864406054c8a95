package io.millrace.benchmarks;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.OutcomeView;
import io.millrace.engine.Publisher;
import io.millrace.journal.Durability;
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

/** One process of {@link ChecksCost}: publishes counter commands, and prints how many a second came back journaled. */
@Command(name = ChecksRun.NAME, hidden = true)
final class ChecksRun implements Callable<Integer> {
    static final String NAME = "checks-run";

    @Option(names = "--commands", required = true)
    private long commands;

    @Option(names = "--dir", required = true)
    private Path directory;

    private final AtomicLong answered = new AtomicLong();
    private final IdleStrategy idle = Settings.Wait.SLEEPING.idle();

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
        final EngineConfig config = EngineConfig.at(journal).maxCommandBytes(scenario.maxCommandBytes());
        config.journal().eventTypes(scenario.eventTypes()).expectedStreams(scenario.streams());
        try (Engine engine = Engine.launch(config, scenario.machine())) {
            final Publisher publisher = engine.newPublisher(1, this::onOutcome);
            publish(publisher, scenario, commands / 2);
            final long startNs = System.nanoTime();
            publish(publisher, scenario, commands);
            final long elapsedNs = System.nanoTime() - startNs;
            engine.inspect(machine -> {
                        scenario.checkState(commands / 2 + commands);
                        return true;
                    })
                    .get();
            System.out.println(checksAreOn() + " " + 1e9 * commands / elapsedNs);
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

    private static boolean checksAreOn() {
        final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(8));
        return Crc32c.INSTANCE.compute(bytes.addressOffset(), 0, 8) != 0;
    }
}
