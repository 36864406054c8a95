package io.millrace.benchmarks.report;

import java.util.List;

/** A {@link Table} as Markdown. */
final class MarkdownTable {
    private MarkdownTable() {}

    static String titled(final Table table) {
        return (table.title().isEmpty() ? "" : "### " + Escaped.markdown(table.title()) + "\n\n") + of(table);
    }

    static String of(final Table table) {
        final StringBuilder text = new StringBuilder(line(escaped(table.columns())))
                .append("\n")
                .append(rule(table.columns().size()))
                .append("\n");
        table.rows().forEach(row -> text.append(line(escaped(row))).append("\n"));
        return text.append("\n").toString();
    }

    /** A row of cells that are Markdown already. */
    static String line(final List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    static String rule(final int columns) {
        return "|" + "---|".repeat(columns);
    }

    private static List<String> escaped(final List<String> cells) {
        return cells.stream().map(Escaped::markdown).toList();
    }
}
