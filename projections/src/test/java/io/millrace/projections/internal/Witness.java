package io.millrace.projections.internal;

import io.millrace.journal.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalReader;
import io.millrace.projections.Projection;
import java.util.function.LongConsumer;

/** Remembers what it has seen, and does before each event what a test wants it to. */
final class Witness implements Projection {
    private final String name;
    private final LongConsumer beforeEvent;
    long sum;
    long count;
    long lastSequence;
    long hash;

    Witness(final String name) {
        this(name, sequence -> {});
    }

    Witness(final String name, final LongConsumer beforeEvent) {
        this.name = name;
        this.beforeEvent = beforeEvent;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void onEvent(final EventView event) {
        beforeEvent.accept(event.sequence());
        if (event.sequence() != lastSequence + 1) {
            throw new IllegalStateException("saw " + event.sequence() + " after " + lastSequence);
        }
        lastSequence = event.sequence();
        final long value = event.buffer().getLong(event.offset());
        sum += value;
        count++;
        hash = 31 * (31 * (31 * hash + event.sequence()) + value) + event.timestampNs();
        hash = 31 * (31 * hash + event.streamId()) + event.streamVersion();
    }

    long sum() {
        return sum;
    }

    long count() {
        return count;
    }

    long hash() {
        return hash;
    }

    /** What a projection must have seen that has seen all of a journal. */
    static Witness of(final Journal journal) {
        final Witness witness = new Witness("journal");
        try (JournalReader reader = journal.newReader(1)) {
            while (reader.poll(witness::onEvent, 64) > 0) {
                continue;
            }
        }
        return witness;
    }
}
