package io.millrace.journal;

import java.nio.file.Path;

/**
 * Appends until it is killed, and prints the journaled sequence after each commit. Told the directory, how long payloads are
 * at most, and how many bytes to fill ahead.
 */
final class AppendingProcess {
    private AppendingProcess() {}

    public static void main(final String[] arguments) {
        final int maxPayloadBytes = Integer.parseInt(arguments[1]);
        final JournalConfig config =
                JournalFixture.config(Path.of(arguments[0])).touchAheadBytes(Integer.parseInt(arguments[2]));
        try (JournalFixture fixture = new JournalFixture(config)) {
            while (true) {
                final long first = fixture.journal.journaledSequence() + 1;
                for (long sequence = first; sequence <= first + first % 3; sequence++) {
                    fixture.event(stream(sequence), payload(sequence, maxPayloadBytes));
                }
                fixture.accept(1, first).commit();
                System.out.println(fixture.journal.journaledSequence());
            }
        }
    }

    static long stream(final long sequence) {
        return sequence % 7;
    }

    /** From a byte to some kilobytes or more, so that kills also fall on new blocks. */
    static String payload(final long sequence, final int maxBytes) {
        return sequence
                + "x".repeat((int)
                        (sequence * 7919 % (maxBytes - Long.toString(sequence).length())));
    }
}
