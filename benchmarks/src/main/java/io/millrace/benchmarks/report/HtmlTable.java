package io.millrace.benchmarks.report;

import java.util.List;

/** A {@link Table} as HTML; columns of numbers are set to the right. */
final class HtmlTable {
    private HtmlTable() {}

    static String of(final Table table) {
        final StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (int i = 0; i < table.columns().size(); i++) {
            html.append(cell("th", table, i, table.columns().get(i)));
        }
        html.append("</tr></thead><tbody>\n");
        for (final List<String> row : table.rows()) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.append(cell("td", table, i, row.get(i)));
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    private static String cell(final String tag, final Table table, final int column, final String text) {
        final String style = isNumbers(table, column) ? " class=\"number\"" : "";
        return "<" + tag + style + ">" + Escaped.html(text) + "</" + tag + ">";
    }

    private static boolean isNumbers(final Table table, final int column) {
        return column > 0
                && table.rows().stream()
                        .map(row -> row.get(column).trim())
                        .allMatch(text -> text.isEmpty()
                                || text.matches("[-–+±~<≤]?\\s?\\d?[^a-zA-Z]*.{0,12}")
                                        && (text.matches(".*\\d.*") || text.length() == 1));
    }
}
