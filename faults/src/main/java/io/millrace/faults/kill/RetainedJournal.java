package io.millrace.faults.kill;

import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHandler;

/** The judge of a journal that retention works on: what must be kept is there, dense, and what is there can be read. */
final class RetainedJournal {
    private final WorkOptions options;
    private final AckFile acks;
    private long first;
    private long last;
    private String wrong;

    private RetainedJournal(final WorkOptions options, final AckFile acks) {
        this.options = options;
        this.acks = acks;
    }

    /** Opens it twice. */
    static Verdict check(final WorkOptions options, final AckFile acks) {
        final RetainedJournal once = new RetainedJournal(options, acks);
        final Verdict verdict = once.open();
        if (!verdict.isGood()) {
            return verdict;
        }
        final RetainedJournal again = new RetainedJournal(options, acks);
        final Verdict second = again.open();
        return second.isGood() && (again.first != once.first || again.last != once.last)
                ? new Verdict(
                        Verdict.Kind.SILENT, "a second opening must give the same: " + once.last + ", " + again.last)
                : second;
    }

    private Verdict open() {
        try (Journal journal = Journal.open(options.engine().journal(), new Dense())) {
            first = journal.firstSequence();
            if (wrong == null && last != journal.journaledSequence()) {
                wrong = "everything must be replayed: last=" + last + ", journaled=" + journal.journaledSequence();
            }
            return wrong == null ? compare(journal.journaledSequence()) : new Verdict(Verdict.Kind.SILENT, wrong);
        } catch (final JournalException e) {
            return new Verdict(Verdict.Kind.REFUSED, e.toString());
        }
    }

    private Verdict compare(final long journaled) {
        final String found = "first=" + first + ", last=" + journaled + ", deleted before="
                + acks.published(RetentionChild.DELETED) + ", " + acks;
        if (journaled < acks.acked(RetentionChild.SEQUENCES)
                || first > Math.max(1, acks.published(RetentionChild.DELETED))) {
            return new Verdict(Verdict.Kind.LOST, found);
        }
        return journaled <= acks.published(RetentionChild.SEQUENCES)
                ? Verdict.recovered()
                : new Verdict(Verdict.Kind.SILENT, found);
    }

    /** Takes any first event, then the next each time. */
    private final class Dense implements JournalHandler {
        @Override
        public void onEvent(final EventView event) {
            if (last != 0 && event.sequence() != last + 1) {
                wrong = "events must be dense: " + event + " behind " + last;
            }
            last = event.sequence();
        }
    }
}
