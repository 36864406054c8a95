package io.millrace.engine.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.millrace.journal.Journal;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The journaling thread makes its attempt known and then looks at the state; the failing thread sets the state and then
 * looks at the attempt. A command that may be in the journal must not be answered as certainly failed.
 */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Appended, and answered as unknown.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Answered as unknown, though it was not appended in the end.")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Not appended, and answered as failed.")
@Outcome(id = "true, false", expect = FORBIDDEN, desc = "Appended, and answered as failed.")
@State
public class AppendAgainstFailure {
    private static final Throwable CAUSE = new IllegalStateException("cause");

    private final Lifecycle lifecycle = new Lifecycle();
    private final Journal journal = StubJournal.calling(this::onAppend);
    private final JournalStep step = OneCommand.journalStep(journal, lifecycle);
    private boolean appended;

    private void onAppend() {
        appended = true;
    }

    /** The journaling thread. */
    @Actor
    public void journal(final ZZ_Result result) {
        OneCommand.journal(step);
        result.r1 = appended;
    }

    /** The failing thread. */
    @Actor
    public void fail(final ZZ_Result result) {
        lifecycle.fail(CAUSE);
        result.r2 = step.attemptedRingSequence() >= OneCommand.RING_SEQUENCE;
    }
}
