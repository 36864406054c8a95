package io.millrace.tools.internal.journal;

import io.millrace.journal.EventView;
import java.util.BitSet;
import java.util.Set;

/**
 * What to show of a journal.
 *
 * @param from first sequence
 * @param to last sequence
 * @param streams whose events; null for all
 * @param types whose events; null for all
 * @param limit most commands and events together
 */
record Selection(long from, long to, Set<Long> streams, BitSet types, long limit) {
    boolean picks(final EventView event) {
        return event.sequence() >= from
                && event.sequence() <= to
                && (types == null || types.get(event.typeId()))
                && (streams == null || streams.contains(event.streamId()));
    }

    /** Whether every event in the range is picked, and so every command. */
    boolean picksAll() {
        return streams == null && types == null;
    }
}
