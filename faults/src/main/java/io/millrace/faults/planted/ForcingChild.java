package io.millrace.faults.planted;

import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalLockedException;
import java.nio.file.Path;

/**
 * Appends, forces, rolls and forces again in a process of its own, and says on its output when a force has returned, so
 * that a tracer above it sees what came before.
 */
final class ForcingChild {
    static final int FAILED = 20;
    static final int LOCKED = 21;
    private static final int ROUNDS = 3;

    private ForcingChild() {}

    public static void main(final String[] arguments) {
        final JournalConfig config = SmallJournal.config(Path.of(arguments[0])).rollBytes(1);
        int code = 0;
        try (SmallJournal small = SmallJournal.open(config)) {
            System.out.println("opened");
            for (int round = 0; round < ROUNDS; round++) {
                small.append();
                System.out.println("forced " + small.journal().force());
            }
        } catch (final JournalLockedException e) {
            code = LOCKED;
        } catch (final JournalException e) {
            code = FAILED;
        }
        Runtime.getRuntime().halt(code);
    }
}
