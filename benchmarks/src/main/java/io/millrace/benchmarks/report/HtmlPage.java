package io.millrace.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;

/** All results as one HTML page that needs nothing but itself. */
final class HtmlPage {
    private HtmlPage() {}

    static String of(final List<Entry> entries, final List<String> problems) {
        final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n")
                .append("<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(PageText.TITLE)
                .append("</title>\n<style>\n")
                .append(PageStyle.CSS)
                .append(SvgText.DARK)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(PageText.TITLE)
                .append("</h1>\n<p class=\"lead\">")
                .append(Escaped.html(PageText.LEAD))
                .append("</p>\n")
                .append(problems(problems))
                .append(overview(entries));
        entries.forEach(entry -> html.append(new HtmlSection(entry).html()));
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String problems(final List<String> problems) {
        if (problems.isEmpty()) {
            return "";
        }
        return "<section class=\"panel problems\"><h2>" + PageText.PROBLEMS + "</h2>\n<ul>\n"
                + problems.stream()
                        .map(problem -> "<li>" + Escaped.html(problem) + "</li>\n")
                        .collect(Collectors.joining())
                + "</ul></section>\n";
    }

    private static String overview(final List<Entry> entries) {
        final StringBuilder html = new StringBuilder("<section class=\"panel\"><h2>Overview</h2>\n")
                .append("<table class=\"overview\"><thead><tr>");
        PageText.OVERVIEW_COLUMNS.forEach(
                column -> html.append("<th>").append(column).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        entries.forEach(entry -> html.append(row(entry)));
        return html.append("</tbody></table></section>\n").toString();
    }

    private static String row(final Entry entry) {
        final ResultFile result = entry.result();
        final String sentence = result.summary().isEmpty()
                ? ""
                : "<br><span class=\"sentence\">"
                        + Escaped.html(result.summary().get(0)) + "</span>";
        final String figures = entry.keyFigures().stream()
                .map(figure -> "<span class=\"figure\"><b>" + Escaped.html(figure.value()) + "</b> "
                        + Escaped.html(figure.name()) + "</span>")
                .collect(Collectors.joining());
        final StringBuilder html = new StringBuilder("<tr><td><a href=\"#")
                .append(result.anchor())
                .append("\">")
                .append(Escaped.html(result.heading()))
                .append("</a>")
                .append(sentence)
                .append("</td><td class=\"key\">")
                .append(figures)
                .append("</td>")
                .append(cell("durability", entry.durability()));
        return html.append(cell("machine", String.join(" · ", entry.machine())))
                .append("</tr>\n")
                .toString();
    }

    private static String cell(final String name, final String text) {
        return "<td class=\"fact\" data-name=\"" + name + "\">" + Escaped.html(text) + "</td>";
    }
}
