package io.millrace.faults.kill;

import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Durability;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFormat;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Main class of processes that delete old cycles: on a journal alone, because an engine cannot rebuild its state from a
 * part of one. Client 1 of the acknowledgements counts sequences, client 2 how far retention was told to go.
 */
final class RetentionChild {
    static final int SEQUENCES = 1;
    static final int DELETED = 2;

    private static final int ROUNDS = 4;
    private static final int COMMITS = 60;
    private static final int MAX_EVENTS = 4;
    private static final int MAX_PAYLOAD = 900;
    private static final int MAX_KEPT = 300;
    private static final int STREAMS = 5;
    private static final int RECORDS_BYTES = 1 << 13;

    private final Journal journal;
    private final AckFile acks;
    private final SplittableRandom random;
    private final UnsafeBuffer records = new UnsafeBuffer(new byte[RECORDS_BYTES]);

    private RetentionChild(final Journal journal, final AckFile acks, final SplittableRandom random) {
        this.journal = journal;
        this.acks = acks;
        this.random = random;
    }

    public static void main(final String[] arguments) {
        final WorkOptions options = WorkOptions.parse(arguments);
        final SplittableRandom random = new SplittableRandom(options.seed());
        try (Journal journal = Journal.open(options.engine().journal(), event -> {})) {
            final RetentionChild child = new RetentionChild(journal, AckFile.map(options.acks()), random);
            for (int round = 0; round < ROUNDS; round++) {
                child.appendSome();
                child.deleteSome();
            }
        } catch (final JournalException e) {
            System.err.println(ChildExit.REFUSED + ": " + e);
            Runtime.getRuntime().halt(ChildExit.REFUSED.code());
        }
        System.exit(ChildExit.DONE.code());
    }

    private void appendSome() {
        for (int commit = 0; commit < COMMITS; commit++) {
            final CommandEncoder encoder = journal.commandEncoder();
            final long nowNs = journal.nowNs();
            encoder.begin(records, 0, records.capacity() - JournalFormat.COMMIT_HEADER_LENGTH);
            final int events = 1 + random.nextInt(MAX_EVENTS);
            for (int event = 0; event < events; event++) {
                encoder.claimEvent(WorkMachine.TYPE, 1, random.nextInt(STREAMS), 1 + random.nextInt(MAX_PAYLOAD));
            }
            acks.published(SEQUENCES, journal.journaledSequence() + events);
            final int length = encoder.end(1, journal.journaledSequence() + 1, true, 0, Durability.JOURNALED, 0);
            journal.append(records, 0, length, 1, events, nowNs);
            acks.acked(SEQUENCES, journal.journaledSequence(), Durability.JOURNALED);
        }
        acks.acked(SEQUENCES, journal.force(), Durability.SYNCED);
    }

    private void deleteSome() {
        final long before = journal.journaledSequence() - random.nextInt(MAX_KEPT);
        if (before > acks.published(DELETED)) {
            acks.published(DELETED, before);
            journal.deleteBefore(before);
            acks.acked(DELETED, before, Durability.SYNCED);
        }
    }
}
