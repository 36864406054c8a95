package io.millrace.examples.wiki;

import io.millrace.examples.ReadModel;
import io.millrace.journal.EventView;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.collections.Long2LongCounterMap;

/** Read model: how many edits were made in each minute, by the edits' own time. */
public final class EditsPerMinute implements ReadModel {
    private static final long MINUTE_MS = TimeUnit.MINUTES.toMillis(1);

    private final EditView edit = new EditView();
    private final Long2LongCounterMap edits = new Long2LongCounterMap(0);

    /** Creates the empty read model. */
    public EditsPerMinute() {}

    @Override
    public String name() {
        return "edits-per-minute";
    }

    @Override
    public void onEvent(final EventView event) {
        if (event.typeId() == EditFormat.PAGE_EDITED) {
            final long timeMs = edit.wrapPageEdited(event).timeMs();
            edits.incrementAndGet(Math.floorDiv(timeMs, MINUTE_MS));
        }
    }

    /**
     * Edits of every minute that had any.
     *
     * @return start of the minute to the number of edits, oldest first
     */
    public SortedMap<Instant, Long> perMinute() {
        final SortedMap<Instant, Long> sorted = new TreeMap<>();
        edits.forEach((minute, count) -> sorted.put(Instant.ofEpochMilli(minute * MINUTE_MS), count));
        return sorted;
    }

    @Override
    public void dump(final Consumer<String> row) {
        perMinute().forEach((minute, count) -> row.accept(minute + "\t" + count));
    }
}
