package io.millrace.journal;

import java.nio.file.Path;

/** Opens a journal in a process of its own and prints what came of it. */
final class OpeningProcess {
    private OpeningProcess() {}

    public static void main(final String[] arguments) {
        try (JournalFixture fixture = JournalFixture.open(Path.of(arguments[0]))) {
            fixture.commitEvent(1, "from a child");
            System.out.println("appended up to " + fixture.journal.journaledSequence());
        } catch (final JournalLockedException e) {
            System.out.println("held by " + e.holderPid() + ": " + e.getMessage());
        } catch (final JournalException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
