package io.millrace.benchmarks.latency;

import java.util.Locale;

/** From when a command was due until … */
enum Section {
    /** … its event was in the page cache and its outcome, at that level, was with the caller. */
    JOURNALED,
    /** … its event was forced to the device and its outcome, at that level, was with the caller. */
    SYNCED,
    /** … a live projection had applied its event. */
    PROJECTED;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
