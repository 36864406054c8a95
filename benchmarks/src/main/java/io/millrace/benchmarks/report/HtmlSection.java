package io.millrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The section of one result on the HTML page. */
final class HtmlSection {
    private static final int MANY_ROWS = 16;
    private final Entry entry;
    private final ResultFile result;

    HtmlSection(final Entry entry) {
        this.entry = entry;
        result = entry.result();
    }

    String html() {
        return "<section class=\"panel\" id=\"" + result.anchor() + "\">\n<h2>" + Escaped.html(result.heading())
                + "</h2>\n" + facts() + summary() + charts() + figures() + tables() + environment() + "</section>\n";
    }

    private String facts() {
        final List<String> facts = new ArrayList<>();
        if (!result.kind().isEmpty()) {
            facts.add("<span class=\"kind\">" + Escaped.html(result.kind()) + "</span>");
        }
        result.texts()
                .forEach((name, text) -> facts.add(
                        "<span>" + Escaped.html(Readable.name(name)) + ": " + Escaped.html(text) + "</span>"));
        entry.links()
                .forEach((name, link) -> facts.add(
                        "<span><a href=\"" + Escaped.html(link) + "\">" + Escaped.html(name) + "</a></span>"));
        return "<p class=\"facts\">" + String.join("", facts) + "</p>\n";
    }

    private String summary() {
        if (result.summary().isEmpty()) {
            return "";
        }
        final StringBuilder html = new StringBuilder("<ul class=\"summary\">\n");
        result.summary()
                .forEach(sentence ->
                        html.append("<li>").append(Escaped.html(sentence)).append("</li>\n"));
        return html.append("</ul>\n").toString();
    }

    private String charts() {
        if (entry.charts().isEmpty()) {
            return "";
        }
        final StringBuilder html = new StringBuilder("<div class=\"charts\">\n");
        entry.charts().forEach(chart -> html.append(figure(chart)));
        return html.append("</div>\n").toString();
    }

    private static String figure(final DrawnChart drawn) {
        final String values = HtmlTable.of(ChartValues.of(drawn.chart()));
        final String note = drawn.chart().note();
        return "<figure><h3>" + Escaped.html(drawn.chart().title()) + "</h3>\n"
                + (drawn.isDrawn()
                        ? "<div class=\"wide\">" + drawn.wide() + "</div>\n<div class=\"narrow\">" + drawn.narrow()
                                + "</div>\n"
                        : values)
                + (note.isEmpty() ? "" : "<figcaption>" + Escaped.html(note) + "</figcaption>\n")
                + (drawn.isDrawn() ? details("Values", values) : "")
                + "</figure>\n";
    }

    private String figures() {
        final Comparison comparison = entry.comparison();
        if (result.figures().isEmpty() || comparison == null && result.kind().equals(ResultFile.JMH)) {
            return "";
        }
        final Table table = entry.figures();
        final String html = HtmlTable.of(table) + differences(comparison);
        final boolean open = table.rows().size() <= MANY_ROWS && (entry.livesFromFigures() || comparison != null);
        return open ? "<h3>" + Escaped.html(table.title()) + "</h3>\n" + html : details(table.title(), html);
    }

    private static String differences(final Comparison comparison) {
        if (comparison == null || comparison.differences().isEmpty()) {
            return "";
        }
        return "<p class=\"differences\">Measured in another environment: "
                + Escaped.html(String.join("; ", comparison.differences())) + ".</p>\n";
    }

    private String tables() {
        final StringBuilder html = new StringBuilder();
        for (final Table table : result.tables()) {
            html.append(table.title().isEmpty() ? "" : "<h3>" + Escaped.html(table.title()) + "</h3>\n")
                    .append(HtmlTable.of(table));
        }
        return html.toString();
    }

    private String environment() {
        if (result.environment().isEmpty()) {
            return "";
        }
        final StringBuilder html = new StringBuilder("<div class=\"scroll\"><table class=\"environment\"><tbody>\n");
        for (final Map.Entry<String, Object> fact : result.environment().entrySet()) {
            html.append("<tr><th>")
                    .append(Escaped.html(Readable.name(fact.getKey())))
                    .append("</th><td>")
                    .append(Escaped.html(fact.getValue().toString()))
                    .append("</td></tr>\n");
        }
        return details("Environment", html.append("</tbody></table></div>\n").toString());
    }

    private static String details(final String name, final String html) {
        return "<details><summary>" + Escaped.html(name) + "</summary>\n" + html + "</details>\n";
    }
}
