package io.millrace.faults.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import io.millrace.faults.sweep.SweptJournal.Answer;
import io.millrace.faults.sweep.SweptJournal.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SweepTest {
    private static final long LIMIT_S = 2;

    @TempDir
    Path directory;

    private final List<Verdict> verdicts = new ArrayList<>();

    private final RoundSink sink = new RoundSink() {
        @Override
        public void ran(final String fault, final Verdict verdict) {
            verdicts.add(verdict);
        }

        @Override
        public void missed(final String fault) {}

        @Override
        public void skipped(final String fault, final String reason) {}
    };

    @ParameterizedTest
    @EnumSource(State.class)
    void shouldOpenAndBePutBackWhenNoHarmIsDone(final State state) throws Exception {
        final SweptJournal journal = new SweptJournal(directory, state, 1);

        for (int i = 0; i < 2; i++) {
            assertEquals(Answer.OPENED, journal.open(true));
            journal.restore();
        }

        assertEquals(2, journal.cycles().size());
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void shouldBeRefusedWhenAForcedCommitIsHarmed(final State state) throws Exception {
        final SweptJournal journal = new SweptJournal(directory, state, 1);
        final String first = journal.cycles().get(0);
        final int at = journal.end(first) - 100;

        journal.writeAt(first, at, (byte) ~journal.bytes(first)[at]);

        assertEquals(Answer.REFUSED, journal.open(true));
    }

    @Test
    void shouldFindNothingWrongWhenAPartOfTheBytesIsSwept() throws Exception {
        ByteSweep.run(rounds(), sink);

        assertTrue(verdicts.size() > 1);
        assertEquals(
                List.of(),
                verdicts.stream().filter(verdict -> !verdict.isGood()).toList());
    }

    private Rounds rounds() {
        return new Rounds(
                7, 0, 1, 1, System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S), directory.resolve("rounds"));
    }
}
