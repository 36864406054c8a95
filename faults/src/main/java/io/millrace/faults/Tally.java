package io.millrace.faults;

import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the faults of a layer came to. Thread-safe. */
final class Tally implements RoundSink {
    private static final int MOST_DETAILS = 20;

    private final Map<String, Count> counts = new TreeMap<>();
    private final Map<String, String> skipped = new TreeMap<>();
    private final List<String> found = new ArrayList<>();
    private final Map<String, String> remarks = new TreeMap<>();
    private final Runnable onRun;
    private long runs;

    /** The numbers of one fault. */
    static final class Count {
        long runs;
        long caught;
        long refused;
        long lost;
        long silent;
        long hung;
        long missed;
    }

    /** Calls back after each run. */
    Tally(final Runnable onRun) {
        this.onRun = onRun;
    }

    @Override
    public synchronized void ran(final String fault, final Verdict verdict) {
        final Count count = count(fault);
        count.runs++;
        runs++;
        switch (verdict.kind()) {
            case RECOVERED -> count.caught++;
            case REFUSED -> count.refused++;
            case LOST -> count.lost++;
            case SILENT -> count.silent++;
            case HUNG -> count.hung++;
        }
        if (!verdict.isGood() && found.size() < MOST_DETAILS) {
            found.add(fault + ": " + verdict.kind() + ": " + verdict.detail());
        }
        if (verdict.isGood() && !verdict.detail().isEmpty()) {
            remarks.put(fault, verdict.detail());
        }
        onRun.run();
    }

    @Override
    public synchronized void missed(final String fault) {
        count(fault).missed++;
    }

    @Override
    public synchronized void skipped(final String fault, final String reason) {
        skipped.put(fault, reason);
    }

    /** The harness itself could not go on. It is no finding about the engine, but the layer is not good either. */
    synchronized void broke(final Throwable cause) {
        found.add("the harness broke off: " + cause);
    }

    private Count count(final String fault) {
        return counts.computeIfAbsent(fault, name -> new Count());
    }

    synchronized long runs() {
        return runs;
    }

    /** By fault. */
    synchronized Map<String, Count> counts() {
        return new TreeMap<>(counts);
    }

    /** What could not be done here, and why. */
    synchronized Map<String, String> skipped() {
        return new TreeMap<>(skipped);
    }

    /** What was found wrong, the first few. */
    synchronized List<String> found() {
        return List.copyOf(found);
    }

    /** What was said of good runs, the last of each fault. */
    synchronized Map<String, String> remarks() {
        return new TreeMap<>(remarks);
    }
}
