package io.millrace.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a layer is, on standard error: a bar on a terminal, a line now and then elsewhere. Thread-safe. */
final class LayerProgress implements AutoCloseable {
    private static final long LINE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final String name;
    private final long about;
    private final long startNs = System.nanoTime();
    private final ProgressBar bar;
    private long runs;
    private long lineNs = startNs;

    /** Of a layer that has about so many runs. */
    LayerProgress(final String name, final long about) {
        this.name = name;
        this.about = about;
        bar = isTerminal()
                ? new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(about)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .build()
                : null;
    }

    /** From Java 22 on there is a console even where there is no terminal, so the kernel is asked first. */
    private static boolean isTerminal() {
        try {
            final String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (final IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    synchronized void step() {
        runs++;
        if (bar != null) {
            bar.step();
        } else if (System.nanoTime() - lineNs > LINE_NS) {
            lineNs = System.nanoTime();
            System.err.printf(
                    "%s: %,d of about %,d runs, %d s%n",
                    name, runs, Math.max(runs, about), TimeUnit.NANOSECONDS.toSeconds(lineNs - startNs));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
