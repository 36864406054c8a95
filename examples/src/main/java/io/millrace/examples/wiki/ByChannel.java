package io.millrace.examples.wiki;

import io.millrace.examples.ReadModel;
import io.millrace.journal.EventView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Read model: edits and bytes of each channel. */
public final class ByChannel implements ReadModel {
    /**
     * A channel.
     *
     * @param channel its name
     * @param edits how many
     * @param added bytes
     * @param deleted bytes
     */
    public record ChannelTotal(String channel, long edits, long added, long deleted) {}

    private static final Comparator<ChannelTotal> MOST_EDITS_FIRST =
            Comparator.comparingLong(ChannelTotal::edits).reversed().thenComparing(ChannelTotal::channel);
    private static final int EDITS = 0;
    private static final int ADDED = 1;
    private static final int DELETED = 2;
    private static final int STRIDE = 3;

    private final EditView edit = new EditView();
    private final Names channels = new Names();
    /** Three numbers a channel. */
    private long[] totals = new long[64 * STRIDE];

    /** Creates the empty read model. */
    public ByChannel() {}

    @Override
    public String name() {
        return "by-channel";
    }

    @Override
    public void onEvent(final EventView event) {
        if (event.typeId() == EditFormat.PAGE_EDITED) {
            edit.wrapPageEdited(event);
            final int channel = channels.register(
                    edit.buffer(), edit.textOffset(EditText.CHANNEL), edit.textLength(EditText.CHANNEL));
            if (channel * STRIDE == totals.length) {
                totals = Arrays.copyOf(totals, 2 * totals.length);
            }
            totals[channel * STRIDE + EDITS]++;
            totals[channel * STRIDE + ADDED] += edit.added();
            totals[channel * STRIDE + DELETED] += edit.deleted();
        }
    }

    /**
     * All channels; channels with as many edits are in the order of their names.
     *
     * @return channels, most edits first
     */
    public List<ChannelTotal> channels() {
        final List<ChannelTotal> sorted = new ArrayList<>(channels.size());
        for (int i = 0; i < channels.size(); i++) {
            final int at = i * STRIDE;
            sorted.add(
                    new ChannelTotal(channels.name(i), totals[at + EDITS], totals[at + ADDED], totals[at + DELETED]));
        }
        sorted.sort(MOST_EDITS_FIRST);
        return sorted;
    }

    @Override
    public void dump(final Consumer<String> row) {
        for (final ChannelTotal total : channels()) {
            row.accept(total.channel() + "\t" + total.edits() + "\t" + total.added() + "\t" + total.deleted());
        }
    }
}
