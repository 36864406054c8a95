package io.millrace.faults.kill;

import io.millrace.engine.Engine;
import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalHandler;
import io.millrace.journal.JournalReader;

/** A run in this process that must go well whatever the fault is, with a look at the order of what it journaled. */
public final class SoundRun {
    private static final int MAX_COMMITS = 64;

    private SoundRun() {}

    /** Launches, works, reads everything back, closes. */
    public static Verdict run(final WorkOptions options, final AckFile acks, final JournalConfig journal) {
        final WorkMachine machine = new WorkMachine();
        try (Engine engine = Engine.launch(options.engine(journal), machine)) {
            final Workload workload = new Workload(engine, machine, acks, options);
            final boolean good = workload.run();
            workload.awaitAnswers();
            final Order order = new Order();
            readAll(engine.journal(), order);
            if (!good || order.wrong != null) {
                return new Verdict(
                        Verdict.Kind.SILENT,
                        good ? order.wrong : engine.health().toString());
            }
            return Verdict.recovered();
        } catch (final Workload.HungException e) {
            return new Verdict(Verdict.Kind.HUNG, e.getMessage());
        } catch (final RuntimeException | Error e) {
            return new Verdict(Verdict.Kind.SILENT, e.toString());
        }
    }

    private static void readAll(final Journal journal, final Order order) {
        final JournalReader reader = journal.newReader(1);
        try {
            while (reader.poll(order, MAX_COMMITS) > 0 && order.wrong == null) {
                Thread.onSpinWait();
            }
        } finally {
            reader.close();
        }
        if (order.wrong == null && order.lastSequence != journal.journaledSequence()) {
            order.wrong = "everything must be readable: last sequence read=" + order.lastSequence + ", journaled="
                    + journal.journaledSequence();
        }
    }

    /** Sequences are dense and timestamps never decrease. */
    private static final class Order implements JournalHandler {
        private long lastSequence;
        private long lastTimestampNs = Long.MIN_VALUE;
        private String wrong;

        @Override
        public void onEvent(final EventView event) {
            if (event.sequence() != lastSequence + 1 || event.timestampNs() < lastTimestampNs) {
                wrong = "event must be the next and no older: " + event + ", before: sequence=" + lastSequence
                        + ", timestampNs=" + lastTimestampNs;
            }
            lastSequence = event.sequence();
            lastTimestampNs = event.timestampNs();
        }
    }
}
