package io.millrace.journal;

import java.nio.file.Path;

/** Appends until it is killed, and prints the journaled sequence after each commit. */
final class AppendingProcess {
    private AppendingProcess() {}

    public static void main(final String[] arguments) {
        try (JournalFixture fixture = JournalFixture.open(Path.of(arguments[0]))) {
            while (true) {
                final long first = fixture.journal.journaledSequence() + 1;
                for (long sequence = first; sequence <= first + first % 3; sequence++) {
                    fixture.event(stream(sequence), payload(sequence));
                }
                fixture.accept(1, first).commit();
                System.out.println(fixture.journal.journaledSequence());
            }
        }
    }

    static long stream(final long sequence) {
        return sequence % 7;
    }

    /** From a byte to some kilobytes, so that kills also fall on new blocks. */
    static String payload(final long sequence) {
        return sequence + "x".repeat((int) (sequence * 31 % 5000));
    }
}
