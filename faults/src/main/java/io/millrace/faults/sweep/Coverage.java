package io.millrace.faults.sweep;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many bytes of each region were swept one by one, of how many. Thread-safe. */
final class Coverage {
    private static final int SWEPT = 0;
    private static final int TOTAL = 1;

    private final Map<String, long[]> counts = new TreeMap<>();
    private final Set<String> known = new HashSet<>();

    /** A file has so many bytes of a region; each task says so, and it counts once. */
    synchronized void total(final String region, final String file, final long bytes) {
        if (known.add(region + ' ' + file)) {
            count(region)[TOTAL] += bytes;
        }
    }

    /** A byte more. */
    synchronized void swept(final String region) {
        count(region)[SWEPT]++;
    }

    /** For people. */
    synchronized String text(final String region) {
        final long[] count = count(region);
        return count[SWEPT] + " of " + count[TOTAL] + " bytes swept";
    }

    private long[] count(final String region) {
        return counts.computeIfAbsent(region, name -> new long[TOTAL + 1]);
    }
}
