package io.millrace.faults.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All failpoints. A test holds that each of them names something that is there. */
public final class FailpointTable {
    /** In the order of their indexes. */
    public static final List<FailpointSite> SITES = sites();

    /** Classes that have any. */
    public static final Set<String> CLASS_NAMES =
            SITES.stream().map(FailpointSite::className).collect(Collectors.toUnmodifiableSet());

    private static final Map<String, Integer> INDEXES = indexes();

    private FailpointTable() {}

    private static List<FailpointSite> sites() {
        final List<FailpointSite> all = new ArrayList<>(JournalSites.all());
        all.addAll(EngineSites.all());
        return List.copyOf(all);
    }

    private static Map<String, Integer> indexes() {
        final Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < SITES.size(); i++) {
            if (indexes.put(SITES.get(i).name(), i) != null) {
                throw new IllegalStateException("failpoint must be there once: " + SITES.get(i));
            }
        }
        return indexes;
    }

    /** Index of a failpoint by its name. */
    public static int indexOf(final String name) {
        final Integer index = INDEXES.get(name);
        if (index == null) {
            throw new IllegalArgumentException("failpoint must be in the table: " + name);
        }
        return index;
    }
}
