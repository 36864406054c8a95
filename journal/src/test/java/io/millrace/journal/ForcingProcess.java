package io.millrace.journal;

import java.nio.file.Path;

/** Appends an event to a new journal and, if asked to, forces it. Runs in a process of its own, beneath a tracer. */
final class ForcingProcess {
    private ForcingProcess() {}

    public static void main(final String[] arguments) {
        try (JournalFixture fixture = JournalFixture.open(Path.of(arguments[0]))) {
            fixture.commitEvent(1, "to be forced");
            if (Boolean.parseBoolean(arguments[1])) {
                fixture.journal.force();
            }
            // Closing would force.
            Runtime.getRuntime().halt(0);
        }
    }
}
