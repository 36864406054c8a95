package io.millrace.tools.internal.demo;

import io.millrace.engine.StateMachine;
import io.millrace.examples.ReadModel;
import io.millrace.examples.wiki.ByChannel;
import io.millrace.examples.wiki.EditFlag;
import io.millrace.examples.wiki.EditFormat;
import io.millrace.examples.wiki.EditsPerMinute;
import io.millrace.examples.wiki.TopPages;
import io.millrace.examples.wiki.Totals;
import io.millrace.examples.wiki.WikiMachine;
import io.millrace.tools.internal.console.TextTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Real edits of Wikipedia. */
final class WikiDomain implements Domain {
    private static final String FILE_PROPERTY = "millrace.wikiEdits";
    private static final Path BUILT_FILE =
            Path.of("examples/target/wiki-edits/wikipedia/wikiticker-2015-09-12-sampled.json.gz");

    private final Path file;
    private final int top;

    WikiDomain(final Path file, final int top) {
        this.file = file;
        this.top = top;
    }

    /** Where the launcher says that the edits are, or where they are below the root of the sources. */
    static Path defaultFile() {
        final String named = System.getProperty(FILE_PROPERTY);
        return named == null ? BUILT_FILE : Path.of(named);
    }

    @Override
    public String name() {
        return "wiki";
    }

    @Override
    public String unit() {
        return "edits";
    }

    @Override
    public int maxCommandBytes() {
        return EditFormat.MAX_COMMAND_BYTES;
    }

    @Override
    public StateMachine newMachine() {
        return new WikiMachine();
    }

    @Override
    public long recorded(final StateMachine machine) {
        return ((WikiMachine) machine).recordedEdits();
    }

    @Override
    public long preparingCommands() {
        return 0;
    }

    @Override
    public CommandSource commandsBehind(final long recorded) {
        return WikiCommands.load(file, recorded);
    }

    @Override
    public List<DemoReadModel> newReadModels() {
        final Totals totals = new Totals();
        final TopPages topPages = new TopPages();
        final ByChannel byChannel = new ByChannel();
        final EditsPerMinute perMinute = new EditsPerMinute();
        return List.of(
                shown(totals, () -> totalsTable(totals)),
                shown(topPages, () -> topPagesTable(topPages)),
                shown(byChannel, () -> byChannelTable(byChannel)),
                shown(perMinute, () -> busiestMinutesTable(perMinute)));
    }

    private static DemoReadModel shown(final ReadModel model, final Supplier<TextTable> table) {
        return new DemoReadModel(model, model::dump, () -> List.of(table.get()));
    }

    private static TextTable totalsTable(final Totals totals) {
        final TextTable table = new TextTable("Totals", "what", "number")
                .row("edits", totals.edits())
                .row("pages", totals.pages())
                .row("users", totals.users())
                .row("channels", totals.channels())
                .row("bytes added", totals.added())
                .row("bytes deleted", totals.deleted())
                .row("bytes grown", totals.delta());
        for (final EditFlag flag : EditFlag.values()) {
            table.row(flag.jsonName(), totals.flagged(flag));
        }
        return table;
    }

    private TextTable topPagesTable(final TopPages topPages) {
        final TextTable table = new TextTable("Most edited pages", "page", "edits");
        topPages.top(top).forEach(page -> table.row(page.title(), page.edits()));
        return table;
    }

    private TextTable byChannelTable(final ByChannel byChannel) {
        final TextTable table = new TextTable("Busiest channels", "channel", "edits", "bytes added", "bytes deleted");
        byChannel.channels().stream()
                .limit(top)
                .forEach(total -> table.row(total.channel(), total.edits(), total.added(), total.deleted()));
        return table;
    }

    private TextTable busiestMinutesTable(final EditsPerMinute perMinute) {
        final TextTable table = new TextTable("Busiest minutes", "minute", "edits");
        final Comparator<Map.Entry<Instant, Long>> busiestFirst =
                Map.Entry.<Instant, Long>comparingByValue().reversed();
        perMinute.perMinute().entrySet().stream()
                .sorted(busiestFirst.thenComparing(Map.Entry.comparingByKey()))
                .limit(top)
                .forEach(minute -> table.row(minute.getKey(), minute.getValue()));
        return table;
    }
}
