package io.millrace.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
    @TempDir
    private Path folder;

    private ReportFixture report;

    @BeforeEach
    void inFolder() {
        report = new ReportFixture(folder);
    }

    @Test
    void shouldCompareWithHeadWhenTheWorkingCopyDiffers() throws IOException, InterruptedException {
        report.git("init", "-q");
        commit(1000, "17");
        final String head = commit(2000, "17");
        write(3000, "17");

        report.report();

        assertTrue(report.markdown().contains("| millrace eps | 3.00 k/s | 2.00 k/s | +50.0 % |"), report.markdown());
        assertTrue(report.html().contains("(" + head + ")"));
        assertFalse(report.html().contains("another environment"));
    }

    @Test
    void shouldCompareWithTheOneBeforeWhenTheWorkingCopyIsCommitted() throws IOException, InterruptedException {
        report.git("init", "-q");
        final String first = commit(1000, "17");
        commit(2000, "17");

        report.report();

        assertTrue(report.markdown().contains("| millrace eps | 2.00 k/s | 1.00 k/s | +100.0 % |"), report.markdown());
        assertTrue(report.html().contains("(" + first + ")"));
    }

    @Test
    void shouldSayThatTheJdkIsAnotherWhenItIs() throws IOException, InterruptedException {
        report.git("init", "-q");
        commit(1000, "17");
        write(2000, "21");

        report.report();

        assertTrue(report.html().contains("Measured in another environment: jdk was 17, is 21."));
    }

    @Test
    void shouldCompareNothingWhenTheFileWasNeverCommitted() throws IOException, InterruptedException {
        report.git("init", "-q");
        write(1000, "17");

        assertEquals(0, report.report());

        assertFalse(report.html().contains("before ("));
    }

    @Test
    void shouldCompareNothingWhenThereIsNoRepository() throws IOException {
        write(1000, "17");

        assertEquals(0, report.report());

        assertFalse(report.html().contains("before ("));
    }

    private void write(final double rate, final String jdk) throws IOException {
        Result.of("compare", "Ledger")
                .figure("millrace_eps", rate)
                .environment(Map.of("jdk", jdk))
                .write(folder.resolve("compare.json"));
    }

    private String commit(final double rate, final String jdk) throws IOException, InterruptedException {
        write(rate, jdk);
        report.git("add", "compare.json");
        report.git("commit", "-q", "-m", "measured");
        return report.git("rev-parse", "--short", "HEAD");
    }
}
