package io.millrace.examples.wiki;

import io.millrace.examples.ReadModel;
import io.millrace.journal.EventView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Read model: how often each page was edited, by title across all channels. */
public final class TopPages implements ReadModel {
    /**
     * A page.
     *
     * @param title of the page
     * @param edits how many
     */
    public record PageCount(String title, int edits) {}

    private static final Comparator<PageCount> MOST_EDITED_FIRST =
            Comparator.comparingInt(PageCount::edits).reversed().thenComparing(PageCount::title);

    private final EditView edit = new EditView();
    private final Names titles = new Names();
    private int[] edits = new int[1024];

    /** Creates the empty read model. */
    public TopPages() {}

    @Override
    public String name() {
        return "top-pages";
    }

    @Override
    public void onEvent(final EventView event) {
        if (event.typeId() == EditFormat.PAGE_EDITED) {
            edit.wrapPageEdited(event);
            final int page =
                    titles.register(edit.buffer(), edit.textOffset(EditText.PAGE), edit.textLength(EditText.PAGE));
            if (page == edits.length) {
                edits = Arrays.copyOf(edits, 2 * page);
            }
            edits[page]++;
        }
    }

    /**
     * The most edited pages; pages with as many edits are in the order of their titles.
     *
     * @param limit how many at most
     * @return pages, most edited first
     */
    public List<PageCount> top(final int limit) {
        return sorted().subList(0, Math.min(limit, titles.size()));
    }

    /**
     * How many pages were edited.
     *
     * @return the count
     */
    public int pages() {
        return titles.size();
    }

    @Override
    public void dump(final Consumer<String> row) {
        for (final PageCount page : sorted()) {
            row.accept(page.edits() + "\t" + page.title());
        }
    }

    private List<PageCount> sorted() {
        final List<PageCount> pages = new ArrayList<>(titles.size());
        for (int i = 0; i < titles.size(); i++) {
            pages.add(new PageCount(titles.name(i), edits[i]));
        }
        pages.sort(MOST_EDITED_FIRST);
        return pages;
    }
}
