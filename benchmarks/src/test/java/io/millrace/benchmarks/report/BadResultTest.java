package io.millrace.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BadResultTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNameTheFileAndShowTheOthersWhenOneIsBad() throws IOException {
        final ReportFixture report = new ReportFixture(folder);
        report.write("broken.json", "{\n\"kind\": \"compare\",,");
        ReportFixture.result("Ledger").write(folder.resolve("good.json"));

        final ByteArrayOutputStream errors = new ByteArrayOutputStream();
        final int exitCode = withErrors(errors, report);

        assertEquals(1, exitCode);
        assertTrue(errors.toString().startsWith("broken.json: line 2, column "), errors.toString());
        assertTrue(report.html().contains("broken.json: line 2"), "on the page");
        assertTrue(report.html().contains("<h2>Ledger (good)</h2>"), "the other one");
    }

    @Test
    void shouldFailWhenThereIsNoResult() {
        assertEquals(1, new ReportFixture(folder).report());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"kind":"x"} | title needs to be a string, is missing
            {"kind":"x","title":"t","summary":"s"} | summary needs to be an array, is the string "s"
            {"kind":"x","title":"t","charts":[{"type":"pie"}]} | charts[0].type needs to be bars, lines or percentiles
            {"kind":"x","title":"t","charts":[{"type":"lines"}]} | charts[0].series needs to be an array with at least one
            {"kind":"x","title":"t","charts":[{"type":"lines","series":[{"x":[1],"y":["a"]}]}]} | charts[0].series[0].y[0]
            {"kind":"x","title":"t","charts":[{"type":"lines","series":[{"x":[1,2],"y":[1]}]}]} | charts[0].series[0]:
            {"kind":"x","title":"t","charts":[{"type":"percentiles","series":[{"x":[101],"y":[1]}]}]} | a percentile from
            {"kind":"x","title":"t","tables":[{"columns":["a"],"rows":[[]]}]} | tables[0].rows[0] needs to be an array of 1
            {"kind":"x","title":"t","environment":7} | environment needs to be an object, is 7
            {"kind":"x","title":"t"} {} | line 1
            [{}] | [0].primaryMetric.score needs to be a number, is missing
            7 | needs an object, or JMH's array
            """)
    void shouldSayWhereAndWhatIsNeededWhenAFieldIsWrong(final String json, final String message) {
        final BadResultException thrown =
                assertThrows(BadResultException.class, () -> ResultReader.read("a.json", json));

        assertTrue(thrown.getMessage().contains(message), thrown.getMessage());
    }

    private static int withErrors(final ByteArrayOutputStream errors, final ReportFixture report) {
        final PrintStream before = System.err;
        System.setErr(new PrintStream(errors, true));
        try {
            return report.report();
        } finally {
            System.setErr(before);
        }
    }
}
