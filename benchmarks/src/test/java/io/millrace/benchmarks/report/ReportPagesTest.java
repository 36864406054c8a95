package io.millrace.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportPagesTest {
    private static final Pattern LINK = Pattern.compile("(?<!\\\\)]\\(([^)]*)\\)");

    @TempDir
    private Path folder;

    private ReportFixture report;

    @BeforeEach
    void inFolder() {
        report = new ReportFixture(folder);
    }

    @Test
    void shouldEscapeWhateverComesFromFilesWhenItLooksLikeHtml() throws IOException {
        final String evil = "<script>alert('1')</script>\"&";
        ReportFixture.result(evil)
                .summary(evil)
                .text("text" + evil, evil)
                .figure("figure" + evil, 1.5)
                .chart(Chart.bars(evil, evil, Series.of(evil, List.of(evil), 1)).withNote(evil))
                .table(new Table(evil, List.of(evil), List.of(List.of(evil))))
                .environment(Map.of(evil, evil))
                .write(folder.resolve("evil.json"));

        assertEquals(0, report.report());

        assertFalse(report.html().contains("<script"), "HTML");
        assertTrue(report.html().contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;"));
        assertFalse(report.markdown().contains("<script"), "Markdown");
        assertFalse(Files.readString(folder.resolve("charts/evil-3.svg")).contains("<script"), "SVG");
    }

    @Test
    void shouldKeepCellsInTheirColumnWhenTheyHaveABar() {
        final Table table = new Table("", List.of("a|b"), List.of(List.of("x|y\nz")));

        assertEquals("| a\\|b |\n|---|\n| x\\|y z |\n\n", MarkdownTable.of(table));
    }

    @Test
    void shouldAskForNothingFromOutsideWhenThePageIsShown() throws IOException {
        ReportFixture.result("Ledger").write(folder.resolve("compare.json"));

        report.report();

        final String html = report.html();
        assertFalse(
                Pattern.compile("(src|href)\\s*=\\s*[\"']?(https?:)?//")
                        .matcher(html)
                        .find(),
                "address");
        assertFalse(html.contains("@import") || html.contains("url(http"), "style");
        assertFalse(html.contains("<script") || html.contains("<link"), "element");
        assertTrue(html.contains("<svg"), "charts inside");
    }

    @Test
    void shouldNameEveryClipOnceWhenThereAreSeveralCharts() throws IOException {
        ReportFixture.result("Ledger").write(folder.resolve("compare.json"));
        ReportFixture.result("Ledger").write(folder.resolve("again.json"));

        report.report();

        final List<String> names = Pattern.compile("\\sid=\"([^\"]+)\"")
                .matcher(report.html())
                .results()
                .map(name -> name.group(1))
                .toList();
        assertEquals(names.stream().distinct().toList(), names);
    }

    @Test
    void shouldResolveEveryLinkWhenThePageIsMarkdown() throws IOException {
        ReportFixture.result("Ledger [1]").write(folder.resolve("compare (1) #2.json"));
        report.write("compare (1) #2.md", "words");

        report.report();

        final Matcher links = LINK.matcher(report.markdown());
        int count = 0;
        while (links.find()) {
            assertResolves(links.group(1));
            count++;
        }
        assertEquals(5, count, "overview, two files, two charts");
    }

    @Test
    void shouldShowAnOlderFileWhenItHasNoKind() throws IOException {
        report.write(
                "touch-ahead.json",
                "{\"touched_us\":{\"p50.0\":2.4,\"p99.9\":90.5},\"rate\":200000,\"rounds\":{\"a\":[1,3,2]}}");
        report.write(
                "jmh.json",
                "[{\"benchmark\":\"io.x.Ring.publish\",\"mode\":\"avgt\",\"threads\":1,\"params\":{\"batch\":\"64\"},"
                        + "\"primaryMetric\":{\"score\":22.5,\"scoreError\":\"NaN\",\"scoreUnit\":\"ns/op\"}}]");

        assertEquals(0, report.report());

        assertTrue(report.markdown().contains("| rate | 200,000 |"), report.markdown());
        assertTrue(report.markdown().contains("| touched | 2.40 | 90.5 |"), report.markdown());
        assertTrue(report.markdown().contains("| Ring.publish | batch=64 | avgt | 1 | 22.5 | – | ns/op | – |"));
    }

    @Test
    void shouldPutTheComparisonFirstWhenFilesAreOfManyKinds() throws IOException {
        Result.of("scale", "Many").figure("a", 1).write(folder.resolve("scale.json"));
        Result.of("latency", "Late").figure("a", 1).write(folder.resolve("latency.json"));
        ReportFixture.result("Ledger").write(folder.resolve("before.json"));
        ReportFixture.result("Ledger").write(folder.resolve("compare.json"));
        report.write("0.json", "{\"a\":1}");

        report.report();

        final List<String> titles = Pattern.compile("(?m)^## (.*)$")
                .matcher(report.markdown())
                .results()
                .map(title -> title.group(1))
                .toList();
        assertEquals(List.of("Overview", "Ledger", "Late", "Many", "Ledger (before)", "0"), titles);
    }

    private void assertResolves(final String link) throws IOException {
        if (link.startsWith("#")) {
            assertTrue(report.markdown().contains("<a id=\"" + link.substring(1) + "\">"), link);
        } else {
            final String path = URI.create(link).getPath();
            assertTrue(Files.exists(folder.resolve(path)), link);
        }
    }
}
