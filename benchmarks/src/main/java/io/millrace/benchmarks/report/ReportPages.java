package io.millrace.benchmarks.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of a report in their folder. */
record ReportPages(Path out) {
    static final String CHARTS = "charts";

    Path html() {
        return out.resolve("report.html");
    }

    Path markdown() {
        return out.resolve("report.md");
    }

    void write(final List<Entry> entries, final List<String> problems) throws IOException {
        Files.createDirectories(out);
        for (final Entry entry : entries) {
            writeCharts(entry);
        }
        Files.writeString(html(), HtmlPage.of(entries, problems));
        Files.writeString(markdown(), MarkdownPage.of(entries, problems));
    }

    private void writeCharts(final Entry entry) throws IOException {
        final Path charts = out.resolve(CHARTS);
        removeEarlier(charts, entry.result().name());
        for (final DrawnChart chart : entry.charts()) {
            if (chart.isDrawn()) {
                Files.createDirectories(charts);
                Files.writeString(charts.resolve(chart.file()), SvgText.standalone(chart.wide()));
            }
        }
    }

    /** Charts of an earlier report, of which the result may have had more. */
    private static void removeEarlier(final Path charts, final String name) throws IOException {
        if (!Files.isDirectory(charts)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(charts, "*.svg")) {
            for (final Path file : files) {
                final String chart = file.getFileName().toString();
                if (chart.startsWith(name) && chart.substring(name.length()).matches("-\\d+\\.svg")) {
                    Files.delete(file);
                }
            }
        }
    }
}
