package io.millrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All results as a Markdown page, which shows the charts as files. */
final class MarkdownPage {
    private MarkdownPage() {}

    static String of(final List<Entry> entries, final List<String> problems) {
        final StringBuilder text = new StringBuilder("# ")
                .append(PageText.TITLE)
                .append("\n\n")
                .append(Escaped.markdown(PageText.LEAD))
                .append("\n\n")
                .append(problems(problems))
                .append("## Overview\n\n")
                .append(overview(entries));
        entries.forEach(entry -> text.append(section(entry)));
        return text.toString();
    }

    private static String problems(final List<String> problems) {
        return problems.isEmpty()
                ? ""
                : "## " + PageText.PROBLEMS + "\n\n"
                        + problems.stream()
                                .map(problem -> "* " + Escaped.markdown(problem) + "\n")
                                .collect(Collectors.joining())
                        + "\n";
    }

    private static String overview(final List<Entry> entries) {
        final List<String> lines = new ArrayList<>();
        lines.add(MarkdownTable.line(PageText.OVERVIEW_COLUMNS));
        lines.add(MarkdownTable.rule(PageText.OVERVIEW_COLUMNS.size()));
        for (final Entry entry : entries) {
            final ResultFile result = entry.result();
            final List<String> cells = new ArrayList<>();
            final String link = "[" + Escaped.markdown(result.heading()) + "](#" + result.anchor() + ")";
            cells.add(
                    result.summary().isEmpty()
                            ? link
                            : link + "<br>" + Escaped.markdown(result.summary().get(0)));
            cells.add(entry.keyFigures().stream()
                    .map(figure -> "**" + Escaped.markdown(figure.value()) + "** " + Escaped.markdown(figure.name()))
                    .collect(Collectors.joining("<br>")));
            cells.add(Escaped.markdown(entry.durability()));
            cells.add(entry.machine().stream().map(Escaped::markdown).collect(Collectors.joining("<br>")));
            lines.add(MarkdownTable.line(cells));
        }
        return String.join("\n", lines) + "\n\n";
    }

    private static String section(final Entry entry) {
        final ResultFile result = entry.result();
        final StringBuilder text = new StringBuilder("<a id=\"" + result.anchor() + "\"></a>\n\n## ")
                .append(Escaped.markdown(result.heading()))
                .append("\n\n")
                .append(facts(entry));
        result.summary()
                .forEach(sentence ->
                        text.append("* ").append(Escaped.markdown(sentence)).append("\n"));
        text.append(result.summary().isEmpty() ? "" : "\n");
        entry.charts().forEach(chart -> text.append(chart(chart)));
        text.append(figures(entry));
        result.tables().forEach(table -> text.append(MarkdownTable.titled(table)));
        return text.append(environment(result)).toString();
    }

    private static String facts(final Entry entry) {
        final List<String> facts = new ArrayList<>();
        entry.result()
                .texts()
                .forEach((name, value) ->
                        facts.add(Escaped.markdown(Readable.name(name)) + ": " + Escaped.markdown(value)));
        entry.links().forEach((name, link) -> facts.add("[" + Escaped.markdown(name) + "](" + link + ")"));
        return String.join(" · ", facts) + "\n\n";
    }

    private static String chart(final DrawnChart drawn) {
        final String title = Escaped.markdown(drawn.chart().title());
        final String note = Escaped.markdown(drawn.chart().note());
        return "### " + title + "\n\n"
                + (drawn.isDrawn()
                        ? "![" + title + "](" + Links.encoded(ReportPages.CHARTS + "/" + drawn.file()) + ")\n\n"
                        : MarkdownTable.of(ChartValues.of(drawn.chart())))
                + (note.isEmpty() ? "" : note + "\n\n");
    }

    private static String figures(final Entry entry) {
        final Comparison comparison = entry.comparison();
        final boolean jmh = entry.result().kind().equals(ResultFile.JMH);
        if (entry.result().figures().isEmpty() || comparison == null && (jmh || !entry.livesFromFigures())) {
            return "";
        }
        final String differences =
                comparison == null || comparison.differences().isEmpty()
                        ? ""
                        : "Measured in another environment: "
                                + Escaped.markdown(String.join("; ", comparison.differences())) + ".\n\n";
        return MarkdownTable.titled(entry.figures()) + differences;
    }

    private static String environment(final ResultFile result) {
        if (result.environment().isEmpty()) {
            return "";
        }
        final StringBuilder text = new StringBuilder("<details><summary>Environment</summary>\n\n| | |\n|---|---|\n");
        result.environment()
                .forEach((name, value) -> text.append(MarkdownTable.line(
                                List.of(Escaped.markdown(Readable.name(name)), Escaped.markdown(value.toString()))))
                        .append("\n"));
        return text.append("\n</details>\n\n").toString();
    }
}
