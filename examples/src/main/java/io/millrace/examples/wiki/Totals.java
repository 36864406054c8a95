package io.millrace.examples.wiki;

import io.millrace.examples.ReadModel;
import io.millrace.journal.EventView;
import java.util.function.Consumer;

/**
 * Read model: sums over everything. Pages and users are counted by the first events of their streams, so no set of them
 * is kept.
 */
public final class Totals implements ReadModel {
    private final EditView edit = new EditView();
    private final Names channels = new Names();
    private final long[] flagged = new long[EditFlag.values().length];
    private long edits;
    private long added;
    private long deleted;
    private long delta;
    private long pages;
    private long users;

    /** Creates the empty read model. */
    public Totals() {}

    @Override
    public String name() {
        return "totals";
    }

    @Override
    public void onEvent(final EventView event) {
        final boolean firstOfStream = event.streamVersion() == 1;
        if (event.typeId() == EditFormat.PAGE_EDITED) {
            pages += firstOfStream ? 1 : 0;
            count(edit.wrapPageEdited(event));
        } else if (event.typeId() == EditFormat.EDITOR_CONTRIBUTED) {
            users += firstOfStream ? 1 : 0;
        }
    }

    /**
     * Edits.
     *
     * @return how many
     */
    public long edits() {
        return edits;
    }

    /**
     * Bytes added.
     *
     * @return the sum
     */
    public long added() {
        return added;
    }

    /**
     * Bytes deleted.
     *
     * @return the sum
     */
    public long deleted() {
        return deleted;
    }

    /**
     * Bytes that the pages grew by.
     *
     * @return the sum
     */
    public long delta() {
        return delta;
    }

    /**
     * Pages edited.
     *
     * @return how many
     */
    public long pages() {
        return pages;
    }

    /**
     * Users who edited.
     *
     * @return how many
     */
    public long users() {
        return users;
    }

    /**
     * Channels that announced edits.
     *
     * @return how many
     */
    public long channels() {
        return channels.size();
    }

    /**
     * Edits with a flag.
     *
     * @param flag which
     * @return how many
     */
    public long flagged(final EditFlag flag) {
        return flagged[flag.ordinal()];
    }

    @Override
    public void dump(final Consumer<String> row) {
        row.accept("edits\t" + edits);
        row.accept("added\t" + added);
        row.accept("deleted\t" + deleted);
        row.accept("delta\t" + delta);
        row.accept("pages\t" + pages);
        row.accept("users\t" + users);
        row.accept("channels\t" + channels.size());
        for (final EditFlag flag : EditFlag.values()) {
            row.accept(flag.jsonName() + "\t" + flagged(flag));
        }
    }

    private void count(final EditView view) {
        edits++;
        added += view.added();
        deleted += view.deleted();
        delta += view.delta();
        channels.register(view.buffer(), view.textOffset(EditText.CHANNEL), view.textLength(EditText.CHANNEL));
        for (int i = 0; i < flagged.length; i++) {
            flagged[i] += view.flags() >>> i & 1;
        }
    }
}
