package io.millrace.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a layer, as it is written down and read again.
 *
 * @param layer its name
 * @param commit of the code that was tried; null in an older report, which has one for all its layers
 * @param seed of the run
 * @param jdk that it ran on
 * @param seconds that it took
 * @param faults by name: runs, caught, refused, lost, silent, hung, missed
 * @param skipped by name: why
 * @param remarks by name: what is to be said of it
 * @param found what was wrong, the first few
 */
record LayerResult(
        String layer,
        String commit,
        long seed,
        String jdk,
        long seconds,
        Map<String, long[]> faults,
        Map<String, String> skipped,
        Map<String, String> remarks,
        List<String> found) {
    static final int RUNS = 0;
    static final int CAUGHT = 1;
    static final int REFUSED = 2;
    static final int LOST = 3;
    static final int SILENT = 4;
    static final int HUNG = 5;
    static final int MISSED = 6;

    static LayerResult of(
            final Layer layer, final String commit, final long seed, final long seconds, final Tally tally) {
        final Map<String, long[]> faults = new LinkedHashMap<>();
        tally.counts()
                .forEach((name, count) -> faults.put(name, new long[] {
                    count.runs, count.caught, count.refused, count.lost, count.silent, count.hung, count.missed
                }));
        return new LayerResult(
                layer.name(),
                commit,
                seed,
                Runtime.version().toString(),
                seconds,
                faults,
                tally.skipped(),
                tally.remarks(),
                tally.found());
    }

    long[] total() {
        final long[] total = new long[MISSED + 1];
        for (final long[] counts : faults.values()) {
            for (int i = 0; i < total.length; i++) {
                total[i] += counts[i];
            }
        }
        return total;
    }

    boolean isGood() {
        final long[] total = total();
        // What was found without a run is the harness's own failure: it proves nothing good.
        return total[REFUSED] + total[LOST] + total[SILENT] + total[HUNG] == 0 && found.isEmpty();
    }
}
