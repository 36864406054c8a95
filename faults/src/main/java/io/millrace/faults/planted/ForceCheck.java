package io.millrace.faults.planted;

import static io.millrace.faults.planted.Check.require;

import io.millrace.faults.kill.Strace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What reaches the kernel, seen from a system call trace: that forces do, in order, and what their errors lead to. */
final class ForceCheck implements Check {
    private static final String SYNCS = "fsync,fdatasync";
    private static final int MOST_ERRORS = 16;
    private static final int WATERMARK_STRIDE = 4096;
    private static final int COUNTER_OFFSET = 32;
    private static final int SEQUENCE_OFFSET = 40;

    @Override
    public String name() {
        return "force-trace";
    }

    @Override
    public void run(final Path scratch, final Progress progress) throws Exception {
        progress.beat();
        refusesASecondProcess(scratch.resolve("shared"));
        progress.passed();
        if (Strace.missing() != null) {
            System.err.println("skipped: force-trace " + Strace.missing());
            return;
        }
        progress.beat();
        forcesFileAndDirectory(scratch.resolve("traced"), scratch.resolve("trace"));
        progress.passed();
        boolean hit = true;
        for (int error = 1; hit && error <= MOST_ERRORS; error++) {
            progress.beat();
            hit = failsOnError(scratch.resolve("error-" + error), scratch.resolve("errors"), error);
            progress.passed();
        }
    }

    private static void refusesASecondProcess(final Path directory) throws IOException {
        try (SmallJournal small = SmallJournal.open(directory)) {
            small.append();
            final Grandchild.Result result = Grandchild.run(List.of(), ForcingChild.class, directory);
            require(result.exitCode() == ForcingChild.LOCKED, "a second process must be refused: %s", result);
        }
    }

    /** Each round begins a cycle; its file and the directory must have been forced before the round is said to be. */
    private static void forcesFileAndDirectory(final Path directory, final Path trace) throws IOException {
        final List<String> tracer =
                List.of("strace", "-f", "-y", "-qq", "-e", "trace=write," + SYNCS, "-o", trace.toString());
        final Grandchild.Result result = Grandchild.run(tracer, ForcingChild.class, directory);
        require(result.exitCode() == 0, "a process without faults must end well: %s", result);
        boolean opened = false;
        boolean file = false;
        boolean folder = false;
        for (final String line : Files.readAllLines(trace)) {
            final boolean sync = line.contains("sync(") && !line.contains("unfinished");
            if (line.contains("\"opened")) {
                opened = true;
                file = false;
                folder = false;
            } else if (opened && line.contains("\"forced")) {
                require(file, "a cycle file must be forced before a force returns");
                require(folder, "the directory must be forced with each new cycle");
                file = false;
                folder = false;
            } else if (line.contains("sync(") || sync) {
                file |= line.contains(".cq4>");
                folder |= line.contains(directory + ">");
            }
        }
        require(opened, "the trace must show what the process says");
    }

    /**
     * Returns whether there was an n-th call to fail. What was not forced must be in no watermark; when it is the force of
     * the watermark itself that fails, the commit before it was forced already.
     */
    private static boolean failsOnError(final Path directory, final Path trace, final int error) throws IOException {
        final List<String> tracer = List.of(
                "strace",
                "-f",
                "-y",
                "-qq",
                "--seccomp-bpf",
                "-e",
                "trace=" + SYNCS,
                "-e",
                "inject=" + SYNCS + ":error=EIO:when=" + error,
                "-o",
                trace.toString());
        final Grandchild.Result result = Grandchild.run(tracer, ForcingChild.class, directory);
        if (!Strace.hasInjected(trace)) {
            return false;
        }
        require(
                result.exitCode() == ForcingChild.FAILED,
                "a force that failed must be told of: n=%d, %s",
                error,
                result);
        final long forced = result.output()
                .lines()
                .filter(line -> line.startsWith("forced "))
                .mapToLong(line -> Long.parseLong(line.substring("forced ".length())))
                .max()
                .orElse(0);
        final long most = forced + (isOfWatermark(trace) ? 1 : 0);
        final long watermark = watermark(directory);
        require(watermark <= most, "no watermark may say %d when only %d was forced", watermark, most);
        return true;
    }

    /** A call that took a while stands in two lines of a trace; the first has the file, both the thread. */
    private static boolean isOfWatermark(final Path trace) throws IOException {
        final Map<String, String> calls = new HashMap<>();
        for (final String line : Files.readAllLines(trace)) {
            final String thread = line.substring(0, line.indexOf(' '));
            if (!line.contains("resumed>")) {
                calls.put(thread, line);
            }
            if (line.contains("(INJECTED)")) {
                return calls.getOrDefault(thread, line).contains("/watermark>");
            }
        }
        return false;
    }

    private static long watermark(final Path directory) throws IOException {
        final Path file = directory.resolve("watermark");
        if (!Files.exists(file)) {
            return 0;
        }
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long counter = -1;
        long sequence = 0;
        for (int copy = 0; copy < bytes.limit(); copy += WATERMARK_STRIDE) {
            if (bytes.getLong(copy + COUNTER_OFFSET) > counter) {
                counter = bytes.getLong(copy + COUNTER_OFFSET);
                sequence = bytes.getLong(copy + SEQUENCE_OFFSET);
            }
        }
        return sequence;
    }
}
