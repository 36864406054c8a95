package io.millrace.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatWasWrittenWhenNothingIsLeftOut() throws IOException, BadResultException {
        final Path file = folder.resolve("new/compare.json");

        ReportFixture.result("Ledger")
                .detail("rounds", Map.of("Millrace", new double[] {1, 2}))
                .write(file);

        final ResultFile read = ResultReader.read("compare.json", Files.readString(file));
        assertEquals("compare", read.kind());
        assertEquals(Map.of("millrace_eps", 1.56e6, "ratio_hand_wired", 1.43), read.figures());
        assertEquals(ReportFixture.latency(), read.charts().get(1));
        assertEquals("JOURNALED", read.texts().get("durability"));
        assertEquals(List.of(List.of("Millrace", "1.56")), read.tables().get(0).rows());
        assertTrue(Files.readString(file).endsWith("}\n"));
    }

    @Test
    void shouldStayAsItIsWhenSomethingIsAdded() {
        final Result result = Result.of("compare", "Ledger");

        result.figure("millrace_eps", 1).summary("more");

        assertFalse(result.toMap().containsKey("millrace_eps"));
        assertEquals(List.of(), result.toMap().get("summary"));
    }

    @Test
    void shouldWriteNullWhenAFigureIsNotFinite() throws IOException {
        final String line =
                Result.of("compare", "Ledger").figure("ratio", 0.0 / 0.0).toJsonLine();

        assertTrue(line.contains("\"ratio\":null"), line);
        assertFalse(line.contains("\n"));
    }

    @Test
    void shouldRefuseANameWhenItHasAMeaningOfItsOwn() {
        final Result result = Result.of("compare", "Ledger");

        assertThrows(IllegalArgumentException.class, () -> result.text("environment", "here"));
    }

    @Test
    void shouldReadLikeASentenceWhenNumbersAreShown() {
        assertEquals("1.56 M/s", Readable.figure("millrace_eps", 1561430.8));
        assertEquals("0.090 ×", Readable.figure("ratio_floor", 0.0904));
        assertEquals("1,156 ns", Readable.figure("cpu_ns_per_op", 1156.0158));
        assertEquals("0.00272 B", Readable.figure("bytes_per_op", 0.00272));
        assertEquals("1.00 M", Readable.compact(999_999));
        assertEquals("+12.4 %", Readable.change(0.0804, 0.0904));
        assertEquals("–", Readable.change(0, 1));
    }
}
