package io.millrace.examples.entities;

import java.util.TreeMap;

/**
 * The state: all that is needed to decide, and no more. For each id that was ever used, its version, negative when the
 * entity is deleted.
 */
final class EntityVersions extends TreeMap<Long, Long> {
    private static final long serialVersionUID = 1L;

    boolean exists(final long id) {
        return getOrDefault(id, 0L) > 0;
    }

    /** The version of an entity that exists. */
    long version(final long id) {
        return get(id);
    }

    void written(final long id) {
        put(id, nextVersion(id));
    }

    void deleted(final long id) {
        put(id, -nextVersion(id));
    }

    private long nextVersion(final long id) {
        return Math.abs(getOrDefault(id, 0L)) + 1;
    }
}
