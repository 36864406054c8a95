package io.millrace.faults.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Runs many simulations on some workers, and watches that none of them hangs. */
public final class Simulations {
    private static final long HANGS_AFTER_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long firstSeed;
    private final int count;
    private final long deadlineNs;
    private final Path scratch;
    private final Listener listener;
    private final AtomicLong next;
    private final List<Worker> workers = new ArrayList<>();

    /** Is told what comes of each simulation. Any thread. */
    public interface Listener {
        /** All was well; how often each step was taken, by its name. */
        void passed(long seed, Map<String, Integer> steps);

        /** Something was found. */
        void failed(long seed, SimulationFailure failure);
    }

    /** The deadline is one of {@link System#nanoTime}; the scratch directory is made if need be. */
    public Simulations(
            final long firstSeed,
            final int count,
            final int workerCount,
            final long deadlineNs,
            final Path scratch,
            final Listener listener) {
        this.firstSeed = firstSeed;
        this.count = count;
        this.deadlineNs = deadlineNs;
        this.scratch = scratch;
        this.listener = listener;
        next = new AtomicLong(firstSeed);
        for (int i = 0; i < workerCount; i++) {
            workers.add(new Worker());
        }
    }

    /**
     * Runs them, and returns when all are done, or the time is over. A worker that hangs is told of, with its stack, and
     * left behind; its seed counts as failed, and those it would have run are left to the others.
     */
    public void run() {
        try {
            Files.createDirectories(scratch);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        workers.forEach(worker -> worker.thread.start());
        while (workers.stream().anyMatch(Worker::isWorking)) {
            workers.forEach(Worker::checkBeat);
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private final class Worker {
        private final Thread thread = new Thread(this::work, "millrace-simulation");
        private volatile long beatNs = System.nanoTime();
        private volatile long seed;
        private volatile boolean hung;

        private Worker() {
            thread.setDaemon(true);
        }

        private void work() {
            for (seed = next.getAndIncrement();
                    seed < firstSeed + count && System.nanoTime() - deadlineNs < 0 && !hung;
                    seed = next.getAndIncrement()) {
                runOne(seed);
            }
        }

        private void runOne(final long one) {
            try {
                final Map<String, Integer> steps =
                        Simulation.run(one, scratch.resolve("seed-" + one), () -> beatNs = System.nanoTime());
                if (!hung) {
                    listener.passed(one, steps);
                }
            } catch (final SimulationFailure e) {
                if (!hung) {
                    listener.failed(one, e);
                }
            }
            beatNs = System.nanoTime();
        }

        private boolean isWorking() {
            return thread.isAlive() && !hung;
        }

        private void checkBeat() {
            if (isWorking() && System.nanoTime() - beatNs > HANGS_AFTER_NS) {
                hung = true;
                final StringBuilder stack = new StringBuilder();
                for (final StackTraceElement frame : thread.getStackTrace()) {
                    stack.append("\n    at ").append(frame);
                }
                listener.failed(
                        seed,
                        new SimulationFailure(
                                SimulationFailure.Kind.HUNG,
                                "seed=" + seed + ": a step must end within 30 s:" + stack));
            }
        }
    }
}
