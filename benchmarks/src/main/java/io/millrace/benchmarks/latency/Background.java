package io.millrace.benchmarks.latency;

import io.millrace.benchmarks.rig.Joining;
import java.util.concurrent.TimeUnit;

/** A thread of the rig itself, which stops when it is closed, and whose failure is the run's. */
final class Background implements AutoCloseable {
    /** What it does again and again until it is stopped. */
    interface Step {
        void run() throws Exception;
    }

    private final Thread thread;
    private volatile boolean stopped;
    private volatile Throwable failure;

    private Background(final String name, final Step step) {
        thread = new Thread(() -> repeat(step), name);
        thread.setDaemon(true);
    }

    private void repeat(final Step step) {
        try {
            while (!stopped) {
                step.run();
            }
        } catch (final InterruptedException e) {
            // Stopped.
        } catch (final Throwable e) {
            failure = e;
        }
    }

    static Background start(final String name, final Step step) {
        final Background background = new Background(name, step);
        background.thread.start();
        return background;
    }

    /** Sleeps a millisecond and records by how much it overslept: what the machine did to a thread that wants nothing. */
    static Background pauses(final Recording recording) {
        final long napNs = TimeUnit.MILLISECONDS.toNanos(1);
        return start("idle-thread", () -> {
            final long startNs = System.nanoTime();
            Thread.sleep(1);
            recording.recordPause(System.nanoTime() - startNs - napNs);
        });
    }

    /** Writes the log each second. */
    static Background log(final Recording recording) {
        return start("histogram-log", () -> {
            Thread.sleep(1000);
            recording.log();
        });
    }

    /** Fails if it has. */
    void requireRunning() {
        if (failure != null) {
            throw new IllegalStateException(thread.getName() + " must not fail", failure);
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        Joining.join(thread);
        requireRunning();
    }
}
