package io.millrace.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class MillraceFaultsTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();

    private int execute(final String... arguments) {
        return new CommandLine(new MillraceFaults())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }

    @Test
    void shouldListAllLayers() {
        assertEquals(0, execute("--list"));

        assertEquals(Layers.ALL.size(), out.toString().lines().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--layer=no-such-layer",
                "--quick --full",
                "--workers=0",
                "--minutes=0",
                "--only=-1",
                "--count=0",
                "--merge=no-such.json",
                "--no-such-option"
            })
    void shouldSayThatTheCommandLineIsWrong(final String arguments) {
        assertEquals(2, execute(arguments.split(" ")));
    }

    @Test
    void shouldRunALayerReportItAndLeaveNothing() throws Exception {
        final Path scratch = directory.resolve("scratch");
        final Path report = directory.resolve("reports").resolve("clock.md");

        final int exit = execute(
                "--layer=clock", "--count=1", "--seed=4711", "--dir=" + scratch, "--report=" + report, "--json");

        assertEquals(0, exit, out::toString);
        assertTrue(Files.readString(report).contains("| clock | "));
        // Nobody has checked that these classes are those of the sources around.
        assertTrue(Files.readString(report).contains("commit unknown"));
        assertTrue(Files.exists(report.resolveSibling("clock.json")));
        final List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(lines.size() - 1).startsWith("{\"good\":true,\"runs\":[{\"environment\""), out::toString);
        try (Stream<Path> left = Files.list(scratch)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
