package io.millrace.journal.internal;

import io.millrace.journal.JournalFormat;

/** The event types that a journal may hold: those given, or all of them when none are. */
public final class TypeFilter {
    private final boolean[] allowed = new boolean[JournalFormat.MAX_U16 + 1];

    /**
     * Creates a filter.
     *
     * @param typeIds allowed types, each 1 to 65535; none means all
     */
    public TypeFilter(final int... typeIds) {
        for (int typeId = 1; typeId <= JournalFormat.MAX_U16; typeId++) {
            allowed[typeId] = typeIds.length == 0;
        }
        for (final int typeId : typeIds) {
            allowed[typeId] = true;
        }
    }

    /**
     * Whether a type is allowed.
     *
     * @param typeId any number
     * @return false for numbers outside 1 to 65535 and types that were not given
     */
    public boolean allows(final int typeId) {
        return typeId > 0 && typeId <= JournalFormat.MAX_U16 && allowed[typeId];
    }
}
