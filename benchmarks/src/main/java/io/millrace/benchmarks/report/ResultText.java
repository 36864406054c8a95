package io.millrace.benchmarks.report;

import java.util.List;
import java.util.Map;

/** A result for a terminal: its sentences and its tables, with columns that line up. */
public final class ResultText {
    private ResultText() {}

    /**
     * Writes it.
     *
     * @param result what was found
     * @return some lines
     */
    @SuppressWarnings("unchecked") // What Result#toMap says
    public static String of(final Result result) {
        final Map<String, Object> map = result.toMap();
        final StringBuilder text = new StringBuilder().append(map.get("title")).append('\n');
        for (final Table table : (List<Table>) map.get("tables")) {
            append(table, text.append('\n'));
        }
        text.append('\n');
        ((List<String>) map.get("summary"))
                .forEach(sentence -> text.append(sentence).append('\n'));
        return text.toString();
    }

    private static void append(final Table table, final StringBuilder text) {
        final int[] widths = new int[table.columns().size()];
        widen(widths, table.columns());
        table.rows().forEach(row -> widen(widths, row));
        text.append(table.title()).append('\n');
        appendRow(widths, table.columns(), text);
        table.rows().forEach(row -> appendRow(widths, row, text));
    }

    private static void widen(final int[] widths, final List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
    }

    /** The first column is a name, the others are figures. */
    private static void appendRow(final int[] widths, final List<String> cells, final StringBuilder text) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(String.format((i == 0 ? "%-" : "  %") + Math.max(1, widths[i]) + "s", cells.get(i)));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
