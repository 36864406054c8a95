package io.millrace.tools.internal.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on standard error that appears when standard error is a terminal and the task takes longer than two
 * seconds. For one thread.
 */
public final class Progress implements AutoCloseable {
    private static final long SILENT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int UPDATE_MS = 200;
    private static final int CLOCK_MASK = 0xFF;
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final String task;
    private final String unit;
    private long max;
    private final boolean terminal;
    private final long startNs = System.nanoTime();
    private int calls;
    private ProgressBar bar;

    /** A bar for a task of so many units; -1 when nobody knows how many. */
    public Progress(final String task, final String unit, final long max) {
        this.task = task;
        this.unit = unit;
        this.max = max;
        terminal = isTerminal(STANDARD_ERROR);
    }

    /** Whether a bar would stand between the lines of what is printed. */
    public static boolean standardOutputIsTerminal() {
        return isTerminal(STANDARD_OUTPUT);
    }

    /** So many units are done. Cheap enough to be called for each. */
    public void to(final long done) {
        if (bar != null || (calls++ & CLOCK_MASK) == 0) {
            show(done);
        }
    }

    /** So many units of so many are done. For calls that are some milliseconds apart. */
    public void to(final long done, final long newMax) {
        max = newMax;
        if (bar != null) {
            bar.maxHint(newMax);
        }
        show(done);
    }

    private void show(final long done) {
        if (bar != null) {
            bar.stepTo(done);
        } else if (terminal && System.nanoTime() - startNs > SILENT_NS) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task + ' ' + unit)
                    .setInitialMax(max)
                    .setUnit("", 1)
                    .setUpdateIntervalMillis(UPDATE_MS)
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed(new DecimalFormat("#,##0"))
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build();
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static boolean isTerminal(final Path descriptor) {
        try {
            final String device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (final IOException | UnsupportedOperationException e) {
            // No /proc here: the console is there when standard input and output are a terminal.
            return System.console() != null;
        }
    }
}
