package io.millrace.tools.internal.journal;

import static io.millrace.tools.internal.console.Text.number;

import io.millrace.journal.JournalState;
import io.millrace.tools.internal.console.JsonLine;
import io.millrace.tools.internal.console.Text;
import io.millrace.tools.internal.console.TextTable;
import io.millrace.tools.internal.schema.Schema;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** What was counted, as tables and as JSON. */
final class StatsReport {
    private static final double P50 = 50;
    private static final double P99 = 99;

    private final JournalState state;
    private final JournalStats stats;
    private final Schema schema;
    private final List<JournalStats.Stream> largest;

    StatsReport(final JournalState state, final JournalStats stats, final Schema schema, final int top) {
        this.state = state;
        this.stats = stats;
        this.schema = schema;
        largest = stats.largest(top);
    }

    void print(final PrintWriter out) {
        totals().print(out);
        spread().print(out);
        types().print(out);
        if (stats.rejected() > 0) {
            rejections().print(out);
        }
        if (!largest.isEmpty()) {
            streams().print(out);
        }
        cycles().print(out);
    }

    private long spanNs() {
        return stats.lastTimestampNs() - stats.firstTimestampNs();
    }

    private long commitBytes() {
        return state.cycles().stream()
                .mapToLong(JournalState.Cycle::commitBytes)
                .sum();
    }

    private static double average(final double sum, final long count) {
        return count == 0 ? 0 : Math.round(10 * sum / count) / 10.0;
    }

    private String streamCount() {
        return number(stats.streams()) + (stats.streamsAreExact() ? "" : " and more");
    }

    private TextTable totals() {
        final TextTable table = new TextTable("Totals", "what", "number")
                .right(1)
                .row("events", stats.events())
                .row("commands accepted", stats.accepted())
                .row("commands rejected", stats.rejected())
                .row("commits", state.commits())
                .row("streams", streamCount())
                .row("bytes of payloads", stats.bytes())
                .row("bytes of commits", commitBytes())
                .row("bytes of commits per event", decimal(average(commitBytes(), stats.events())));
        if (stats.firstTimestampNs() >= 0) {
            table.row("first command", StateReport.time(stats.firstTimestampNs()))
                    .row("last command", StateReport.time(stats.lastTimestampNs()))
                    .row("time between", Text.duration(spanNs()))
                    .row("events/s, average", Text.perSecond(stats.events(), spanNs()));
        }
        return table;
    }

    private static String decimal(final double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    private TextTable spread() {
        final TextTable table = new TextTable("Spread", "what", "average", "p50", "p99", "max").right(1);
        spread(table, "payload bytes per event", stats.payloadBytes());
        spread(table, "events per commit", stats.eventsPerCommit());
        spread(table, "commands per commit", stats.commandsPerCommit());
        return table;
    }

    private static void spread(final TextTable table, final String what, final Histogram histogram) {
        table.row(
                what,
                decimal(histogram.getTotalCount() == 0 ? 0 : histogram.getMean()),
                histogram.getValueAtPercentile(P50),
                histogram.getValueAtPercentile(P99),
                histogram.getMaxValue());
    }

    private TextTable types() {
        final TextTable table = new TextTable("Events by type", "type", "name", "events", "bytes of payloads");
        for (final int typeId : stats.types()) {
            table.row(
                    String.valueOf(typeId),
                    orNone(schema.typeName(typeId)),
                    stats.eventsOfType(typeId),
                    stats.bytesOfType(typeId));
        }
        return table;
    }

    private static String orNone(final String name) {
        return name == null ? "-" : name;
    }

    private TextTable rejections() {
        final TextTable table = new TextTable("Rejections by code", "code", "name", "commands");
        for (final int code : stats.rejectionCodes()) {
            table.row(String.valueOf(code), orNone(schema.codeName(code)), stats.rejections(code));
        }
        return table;
    }

    private TextTable streams() {
        final TextTable table = new TextTable(
                stats.streamsAreExact()
                        ? "Largest streams"
                        : "Largest of the first " + number(stats.streams()) + " streams; "
                                + number(stats.eventsOfFurtherStreams()) + " events are of others",
                "stream",
                "events");
        largest.forEach(stream -> table.row(String.valueOf(stream.id()), stream.events()));
        return table;
    }

    private TextTable cycles() {
        final TextTable table = new TextTable("Cycles", "file", "events", "commits", "bytes", "bytes per commit");
        for (final JournalState.Cycle cycle : state.cycles()) {
            table.row(
                    cycle.file().getFileName(),
                    StateReport.events(cycle),
                    cycle.commits(),
                    cycle.commitBytes(),
                    cycle.commits() == 0 ? 0 : cycle.commitBytes() / cycle.commits());
        }
        return table;
    }

    JsonLine json() {
        final boolean timed = stats.firstTimestampNs() >= 0;
        return new JsonLine()
                .put("directory", state.directory().toString())
                .put("verdict", state.verdict().name())
                .put("events", stats.events())
                .put("accepted", stats.accepted())
                .put("rejected", stats.rejected())
                .put("commits", state.commits())
                .put("payload_bytes", stats.bytes())
                .put("commit_bytes", commitBytes())
                .put("bytes_per_event", average(commitBytes(), stats.events()))
                .put("first_time", timed ? StateReport.time(stats.firstTimestampNs()) : null)
                .put("last_time", timed ? StateReport.time(stats.lastTimestampNs()) : null)
                .put("eps", timed ? Text.perSecond(stats.events(), spanNs()) : 0)
                .put("payload_bytes_per_event", percentiles(stats.payloadBytes()))
                .put("events_per_commit", percentiles(stats.eventsPerCommit()))
                .put("commands_per_commit", percentiles(stats.commandsPerCommit()))
                .put("types", IntStream.of(stats.types()).mapToObj(this::type).toList())
                .put(
                        "rejections",
                        IntStream.of(stats.rejectionCodes())
                                .mapToObj(this::rejection)
                                .toList())
                .put("streams", stats.streams())
                .put("streams_exact", stats.streamsAreExact())
                .put(
                        "largest_streams",
                        largest.stream().map(StatsReport::stream).toList())
                .put("cycles", new StateReport(state).json().fields().get("cycles"));
    }

    private static Map<String, Object> percentiles(final Histogram histogram) {
        return new JsonLine()
                .put("average", average(histogram.getTotalCount() == 0 ? 0 : histogram.getMean(), 1))
                .put("p50", histogram.getValueAtPercentile(P50))
                .put("p99", histogram.getValueAtPercentile(P99))
                .put("max", histogram.getMaxValue())
                .fields();
    }

    private Map<String, Object> type(final int typeId) {
        return new JsonLine()
                .put("type", typeId)
                .put("name", schema.typeName(typeId))
                .put("events", stats.eventsOfType(typeId))
                .put("payload_bytes", stats.bytesOfType(typeId))
                .fields();
    }

    private Map<String, Object> rejection(final int code) {
        return new JsonLine()
                .put("code", code)
                .put("name", schema.codeName(code))
                .put("commands", stats.rejections(code))
                .fields();
    }

    private static Map<String, Object> stream(final JournalStats.Stream stream) {
        return new JsonLine()
                .put("stream", stream.id())
                .put("events", stream.events())
                .fields();
    }
}
