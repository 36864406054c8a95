package io.millrace.faults.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs numbered tasks on some workers until they are done, or the time is. The seed of a task follows from its number
 * alone, so a task can be run again without those before it.
 */
public final class Rounds {
    private static final long LAST_TASKS_S = 60;

    private final long seed;
    private final int firstTask;
    private final int tasks;
    private final int workers;
    private final long deadlineNs;
    private final Path scratch;

    /** The deadline is one of {@link System#nanoTime}; the scratch directory is made if need be. */
    public Rounds(
            final long seed,
            final int firstTask,
            final int tasks,
            final int workers,
            final long deadlineNs,
            final Path scratch) {
        this.seed = seed;
        this.firstTask = firstTask;
        this.tasks = tasks;
        this.workers = workers;
        this.deadlineNs = deadlineNs;
        this.scratch = scratch;
    }

    /** A task, in an empty directory of its own, which is kept if the task returns false. */
    public interface Task {
        /** Returns whether all was well. */
        boolean run(int number, long taskSeed, Path directory) throws IOException, InterruptedException;
    }

    /** Where tasks keep what they share. */
    public Path scratch() throws IOException {
        return Files.createDirectories(scratch);
    }

    /** Of everything that is drawn. */
    public long seed() {
        return seed;
    }

    /** Number of the first task. */
    public int firstTask() {
        return firstTask;
    }

    /** How many tasks there are. */
    public int tasks() {
        return tasks;
    }

    /** How many run at a time. */
    public int workers() {
        return workers;
    }

    /** When no further task begins, as {@link System#nanoTime} tells it. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** Whether the time is over. */
    public boolean isOver() {
        return System.nanoTime() - deadlineNs >= 0;
    }

    /** Runs them all. What a task throws ends the rest and is thrown here. */
    public void run(final Task task) throws IOException, InterruptedException {
        final ExecutorService executor = Executors.newFixedThreadPool(workers);
        final AtomicInteger next = new AtomicInteger(firstTask);
        try {
            final List<Future<Void>> running = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                running.add(executor.submit(() -> {
                    for (int number = next.getAndIncrement();
                            number < firstTask + tasks && !isOver();
                            number = next.getAndIncrement()) {
                        runOne(task, number);
                    }
                    return null;
                }));
            }
            for (final Future<Void> worker : running) {
                worker.get();
            }
        } catch (final ExecutionException e) {
            throw new IOException("round must run: " + e.getCause(), e.getCause());
        } finally {
            executor.shutdownNow();
            // What a task mounted must be gone before the process may end.
            executor.awaitTermination(LAST_TASKS_S, TimeUnit.SECONDS);
        }
    }

    private void runOne(final Task task, final int number) throws IOException, InterruptedException {
        final Path directory = Files.createDirectories(scratch.resolve("task" + number));
        final long taskSeed = new SplittableRandom(seed + number).nextLong();
        if (task.run(number, taskSeed, directory)) {
            Recovery.deleteTree(directory);
        }
    }
}
