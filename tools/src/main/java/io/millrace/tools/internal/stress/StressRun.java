package io.millrace.tools.internal.stress;

import io.millrace.engine.Engine;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.console.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** All producers on one engine, from where its state is, until each command has its outcome. */
final class StressRun {
    /** A number of requests that nobody gets through. */
    static final long ENDLESS = Long.MAX_VALUE >>> 8;

    private static final long POLL_NS = 1_000_000;

    private final StressOptions options;
    private final Engine engine;
    private final List<Producer> producers = new ArrayList<>();
    private long elapsedNs;

    /** Each producer goes on to the last request of its own, or has nothing to do if it is there. */
    StressRun(final StressOptions options, final Engine engine, final AckFile acks) {
        this.options = options;
        this.engine = engine;
        for (int producer = 1; producer <= options.producers(); producer++) {
            final int clientId = producer;
            final long recovered = engine.inspect(machine -> ((StressMachine) machine).lastRequestId(clientId))
                    .join();
            producers.add(new Producer(engine, options, acks, clientId, recovered + 1, options.commandsOf(clientId)));
        }
    }

    /** Returns when all is answered; throws as soon as something is wrong or nothing moves any more. */
    void run(final Progress progress) {
        final long startNs = System.nanoTime();
        startProducers();
        final long expected = producers.stream().mapToLong(Producer::expected).sum();
        long answered = 0;
        long movedNs = startNs;
        while (answered < expected) {
            LockSupport.parkNanos(POLL_NS);
            final long now = answered();
            final long nowNs = System.nanoTime();
            movedNs = now == answered ? movedNs : nowNs;
            answered = now;
            progress.to(answered);
            checkProducers();
            checkMoving(nowNs - movedNs, expected - answered);
        }
        elapsedNs = System.nanoTime() - startNs;
        checkProducers();
    }

    long elapsedNs() {
        return elapsedNs;
    }

    long answered() {
        return producers.stream().mapToLong(Producer::answered).sum();
    }

    long backPressured() {
        return producers.stream().mapToLong(Producer::backPressured).sum();
    }

    private void startProducers() {
        for (final Producer producer : producers) {
            final Thread thread = new Thread(producer, "millrace-stress-producer");
            // When a check fails, the process must be able to end.
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void checkProducers() {
        for (final Producer producer : producers) {
            if (producer.failure() != null) {
                throw new ToolException(producer.failure() + ", health=" + engine.health());
            }
        }
    }

    private void checkMoving(final long idleNs, final long missing) {
        if (idleNs > options.stallNs()) {
            throw new ToolException("outcomes must keep coming: missing=" + missing + ", idleNs=" + idleNs + ", health="
                    + engine.health() + ", threads:" + threads());
        }
    }

    private static String threads() {
        final StringBuilder threads = new StringBuilder();
        for (final Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            threads.append(System.lineSeparator()).append(thread.getKey());
            for (final StackTraceElement frame : thread.getValue()) {
                threads.append(System.lineSeparator()).append("    ").append(frame);
            }
        }
        return threads.toString();
    }
}
