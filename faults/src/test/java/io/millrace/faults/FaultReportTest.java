package io.millrace.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultReportTest {
    private static final Map<String, String> FIRST = Map.of("commit", "aaaa");
    private static final Map<String, String> SECOND = Map.of("commit", "bbbb-dirty");

    @TempDir
    private Path directory;

    private static LayerResult result(final String layer, final Map<String, long[]> faults, final List<String> found) {
        final Map<String, String> remarks =
                Map.of("skip-force", new Catch("force-trace", 8, 42_291, "a force must force").remark());
        return new LayerResult(
                layer, null, 4711, "25.0.1+8-LTS", 7, faults, Map.of("xfs", "no mkfs.xfs"), remarks, found);
    }

    private static LayerResult good(final String layer) {
        return result(layer, Map.of("a fault", new long[] {1234, 1234, 0, 0, 0, 0, 5}), List.of());
    }

    private static LayerResult bad(final String layer) {
        return result(layer, Map.of("a fault", new long[] {3, 2, 0, 1, 0, 0, 0}), List.of("what was lost"));
    }

    private Path written(final String name, final Map<String, String> environment, final LayerResult result)
            throws IOException {
        final FaultReport report = FaultReport.of(environment);
        report.add(result);
        report.write(directory.resolve(name + ".md"));
        return directory.resolve(name + ".json");
    }

    @Test
    void shouldSayWhatWasRunAndWhatWasNot() {
        final FaultReport report = FaultReport.of(FIRST);
        report.add(good("clock"));

        final String text = report.markdown();

        assertTrue(report.isGood());
        assertTrue(text.contains("| clock | 25 | aaaa | 4711 | 1,234 | 1,234 | 0 | 0 | 0 | 0 | 7 |"), text);
        assertTrue(text.contains("| a fault | 1,234 | 1,234 | 0 | 0 | 0 | 0 | 5 |  |"), text);
        assertTrue(text.contains("* clock: xfs: no mkfs.xfs"), text);
    }

    @Test
    void shouldKeepEachCommitWhenReportsOfSeveralAreMerged() throws IOException {
        final Path first = written("first", FIRST, good("clock"));
        final Path second = written("second", SECOND, bad("sweep"));
        final Path third = written("third", FIRST, good("files"));

        final FaultReport merged = FaultReport.merged(List.of(first, second, third));
        merged.write(directory.resolve("all.md"));
        final FaultReport again = FaultReport.merged(List.of(directory.resolve("all.json")));

        final String text = again.markdown();
        assertFalse(again.isGood());
        assertEquals(merged.markdown(), text);
        assertTrue(text.contains("| clock | 25 | aaaa |"), text);
        assertTrue(text.contains("| sweep | 25 | bbbb-dirty |"), text);
        assertTrue(text.contains("* commit aaaa, 14 s in 2 layers"), text);
        assertTrue(text.contains("what was lost"), text);
    }

    @Test
    void shouldReadAReportOfOneRunThatStandsByItself() throws IOException {
        final Path file = Files.writeString(directory.resolve("one.json"), """
                {"environment": {"commit": "cccc"}, "good": true, "results": [{"layer": "clock", "seed": 1, "jdk": "17.0.1",
                "seconds": 2, "faults": {"back": [1, 1, 0, 0, 0, 0, 0]}, "skipped": {}, "remarks": {}, "found": []}]}
                """);

        final FaultReport report = FaultReport.merged(List.of(file));

        assertTrue(report.isGood());
        assertTrue(report.markdown().contains("| clock | 17 | cccc | 1 | 1 | 1 | 0 |"), report::markdown);
    }

    @Test
    void shouldPreferTheCommitOfTheLayerToThatOfTheRun() {
        final FaultReport report = FaultReport.of(FIRST);
        report.add(new LayerResult("clock", "dddd", 1, "17", 2, Map.of(), Map.of(), Map.of(), List.of()));

        assertTrue(report.markdown().contains("| clock | 17 | dddd |"), report::markdown);
    }

    @Test
    void shouldRefuseWhatIsNoReport() throws IOException {
        final Path file = Files.writeString(directory.resolve("other.json"), "{\"runs\": [{}]}");

        assertThrows(IOException.class, () -> FaultReport.merged(List.of(file)));
    }

    @Test
    void shouldSayWhatCaughtAPlantedBugAndWhichWasNotCaught() {
        final FaultReport report = FaultReport.of(FIRST);
        report.add(result(
                Layers.PLANTED,
                Map.of("skip-force", new long[] {1, 1, 0, 0, 0, 0, 0}, "skip-crc", new long[] {1, 0, 0, 0, 1, 0, 0}),
                List.of("skip-crc: SILENT: nothing found it")));

        final String text = report.markdown();

        assertTrue(text.contains("| skip-force | force-trace | 8 | 42.3 | a force must force |"), text);
        assertTrue(text.contains("| skip-crc | **nothing** |  |  |  |"), text);
    }

    @Test
    void shouldSayThatNoCatchCountsWhenSoundCodeIsCaught() {
        final long[] sound = {1, 1, 0, 0, 0, 0, 0};
        final long[] caught = {1, 0, 0, 0, 1, 0, 0};
        final FaultReport good = FaultReport.of(FIRST);
        good.add(result(Layers.PLANTED, Map.of(Layers.NO_BUG, sound), List.of()));
        final FaultReport bad = FaultReport.of(FIRST);
        bad.add(result(Layers.PLANTED, Map.of(Layers.NO_BUG, caught), List.of("none: SILENT: simulation found one")));

        assertTrue(good.markdown().contains("| none | nothing, as it must be |"), good::markdown);
        assertTrue(bad.markdown().contains("| none | **something**, so no catch counts |"), bad::markdown);
        assertFalse(bad.isGood());
    }

    @Test
    void shouldNameTheFailpointsThatNeverKilled() {
        final FaultReport report = FaultReport.of(FIRST);
        report.add(result(
                Layers.FAILPOINT_KILLS,
                Map.of(
                        "kill at force.enter", new long[] {2, 2, 0, 0, 0, 0, 0},
                        "kill at cut.enter", new long[] {0, 0, 0, 0, 0, 0, 9},
                        "kill at a random time", new long[] {4, 4, 0, 0, 0, 0, 0}),
                List.of()));

        final String text = report.markdown();

        assertTrue(text.contains("Failpoints that killed a process: 1, that did not: 1 (cut.enter)."), text);
    }

    @Test
    void shouldReadTheCatchItWrote() {
        final Catch caught = new Catch("exit code 3", 1, 99, "died, run 2, after 3 ms: so\nit said");

        assertEquals(Optional.of(caught), Catch.of(caught.remark()));
        assertEquals(
                Optional.of(new Catch("simulation", 2, 5, "")), Catch.of("caught by simulation, run 2, after 5 ms"));
        assertEquals(Optional.empty(), Catch.of("something else"));
    }
}
