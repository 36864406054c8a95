package io.millrace.engine.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.millrace.journal.Journal;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The engine has failed, and the journal is closed as soon as no append is under way: it is never appended to again. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Appended first, closed then.")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Appended; the append was under way, so the journal stays open.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Not appended, because the engine has failed.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not appended; the attempt was seen before it was taken back.")
@Outcome(expect = FORBIDDEN, desc = "A closed journal was appended to: its mapping may be gone, and the JVM with it.")
@State
public class AppendAgainstClosing {
    private static final Throwable CAUSE = new IllegalStateException("cause");

    private final Lifecycle lifecycle = new Lifecycle();
    private final Journal journal = StubJournal.calling(this::onAppend);
    private final JournalStep step = OneCommand.journalStep(journal, lifecycle);
    private boolean closed;
    private int appended;

    private void onAppend() {
        appended = closed ? 2 : 1;
    }

    /** The journaling thread. */
    @Actor
    public void journal(final II_Result result) {
        OneCommand.journal(step);
        result.r1 = appended;
    }

    /** The failing thread. */
    @Actor
    public void failAndClose(final II_Result result) {
        lifecycle.fail(CAUSE);
        if (!step.isAppending()) {
            closed = true;
            result.r2 = 1;
        }
    }
}
