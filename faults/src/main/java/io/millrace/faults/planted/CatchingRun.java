package io.millrace.faults.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The main class of a process with a planted bug: looks in a fixed order until something finds it, and says what, after
 * how many runs and how long. A watchdog names the check that hangs.
 */
public final class CatchingRun {
    /** Exit code of a process in which the bug was found. */
    public static final int CAUGHT = 10;

    /** Begins the line that says so. */
    static final String CAUGHT_LINE = "caught\t";

    private static final long HANGS_AFTER_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_WORDS = 300;

    private final long startNs = System.nanoTime();
    private volatile String check = "none";
    private volatile long beatNs = System.nanoTime();
    private volatile int runs;

    private CatchingRun() {}

    /**
     * Runs.
     *
     * @param arguments scratch directory, and number of simulation seeds
     * @throws IOException if the scratch directory cannot be used
     */
    public static void main(final String[] arguments) throws IOException {
        new CatchingRun().run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    private void run(final Path scratch, final int seeds) throws IOException {
        final Thread watchdog = new Thread(this::watch, "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        final List<Check> checks = List.of(new SimulationCheck(seeds), new JournalChecks(), new ForceCheck());
        for (final Check each : checks) {
            check = each.name();
            runs = 0;
            final Path own = Files.createDirectories(scratch.resolve(check));
            try {
                each.run(own, new Counting());
            } catch (final Throwable e) {
                end(e.toString());
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private final class Counting implements Check.Progress {
        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField")
        public void passed() {
            runs = runs + 1;
            beat();
        }

        @Override
        public void beat() {
            beatNs = System.nanoTime();
        }
    }

    private void watch() {
        while (System.nanoTime() - beatNs < HANGS_AFTER_NS) {
            LockSupport.parkNanos(LOOK_NS);
        }
        final StringBuilder where = new StringBuilder("hung");
        for (final Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            if (thread.getKey().getName().equals("main")) {
                for (final StackTraceElement frame : thread.getValue()) {
                    where.append(" < ").append(frame);
                }
            }
        }
        end(where.toString());
    }

    private synchronized void end(final String what) {
        final String line = what.lines().findFirst().orElse("");
        System.out.println(CAUGHT_LINE
                + check
                + '\t'
                + (runs + 1)
                + '\t'
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs)
                + '\t'
                + line.substring(0, Math.min(MOST_WORDS, line.length())));
        System.out.flush();
        Runtime.getRuntime().halt(CAUGHT);
    }
}
