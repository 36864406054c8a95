package io.millrace.faults;

import java.util.List;
import java.util.Map;

/**
 * What one run of the harness, or one commit on one machine, came to, as it is written down and read again.
 *
 * @param environment commit, date and machine, by name
 * @param results of the layers, in order
 */
record HarnessRun(Map<String, String> environment, List<LayerResult> results) {
    static final String COMMIT = "commit";

    /** What was tried; it stands beside each layer, as reports of several commits can be put together. */
    String commitOf(final LayerResult result) {
        return result.commit() == null ? environment.getOrDefault(COMMIT, "unknown") : result.commit();
    }
}
