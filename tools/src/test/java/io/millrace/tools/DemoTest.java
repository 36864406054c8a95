package io.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    private static final int ALL_EDITS = 39_244;

    @TempDir
    private Path folder;

    @Test
    void shouldRunAllEditsAndRecoverThemWhenTheDirectoryIsNew() {
        final Run run = demo("wiki", "--json");

        final JsonNode json = run.json();
        assertEquals(ALL_EDITS, json.get("commands").asInt());
        assertEquals(2 * ALL_EDITS, json.get("events").asInt());
        assertEquals(2 * ALL_EDITS, json.get("recovered_events").asInt());
        assertTrue(json.get("state_identical").asBoolean(), run::toString);
        assertTrue(json.get("read_models_identical").asBoolean(), run::toString);
        for (final String name : List.of("eps", "p50_us", "p99_us", "p999_us", "recovery_ms")) {
            assertTrue(json.get(name).asDouble() > 0, () -> name + " in " + run);
        }
        for (final String text : List.of("9,385,573", "394,298", "8,991,275", "35,143", "10,531", "15,420")) {
            assertTrue(run.out().contains(text), () -> text + " in " + run);
        }
        assertTrue(run.out().contains("Wikipedia:Vandalismusmeldung"), run::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journaled", "synced"})
    void shouldGoOnWhereItStoppedWhenRunAgain(final String durability) {
        final JsonNode first =
                demo("--commands=1000", "--durability=" + durability, "--json").json();
        final JsonNode second =
                demo("--commands=500", "--durability=" + durability, "--json").json();

        assertEquals(1000, first.get("commands").asInt());
        assertEquals(500, second.get("commands").asInt());
        assertEquals(2000, second.get("start_recovered_events").asInt());
        assertEquals(3000, second.get("recovered_events").asInt());
    }

    @Test
    void shouldOnlyVerifyWhenAllEditsAreRecorded() {
        final JsonNode first = demo("--json").json();
        final Run again = demo("--json");

        assertEquals(0, again.json().get("commands").asInt());
        assertEquals(2 * ALL_EDITS, again.json().get("recovered_events").asInt());
        assertEquals(first.get("state_hash"), again.json().get("state_hash"));
        assertTrue(again.out().contains("all edits are recorded already"), again::toString);
        assertTrue(again.out().contains("8,991,275"), again::toString);
    }

    @Test
    void shouldHoldTheRateWhenOneIsGiven() {
        final JsonNode json = demo("--commands=200", "--rate=2000", "--json").json();

        // 200 commands at 2,000 a second: the last one is due after 99.5 ms.
        assertTrue(json.get("seconds").asDouble() >= 0.099, json::toString);
    }

    @Test
    void shouldLogEveryAcknowledgement() throws IOException {
        final Path log = folder.resolve("acks");
        demo("--commands=300", "--ack-log=" + log);
        final Run again = demo("--commands=200", "--ack-log=" + log);

        final List<String> lines = Files.readAllLines(log);
        assertEquals(500, lines.size());
        assertEquals("0000000000000000002", lines.get(0));
        assertEquals("0000000000000001000", lines.get(499));
        assertTrue(again.out().contains("up to sequence 600, is among them"), again::toString);
    }

    @Test
    void shouldFailWhenAnAcknowledgedCommandIsMissing() throws IOException {
        final Path log = Files.writeString(folder.resolve("acks"), "0000000000000000002\n");

        final Run run = millrace("--commands=1", "--ack-log=" + log);

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("every acknowledged command must be recovered"), run::toString);
    }

    @Test
    void shouldSayHowToGetTheEditsWhenTheyAreMissing() {
        final Run run = Run.millrace("demo", "--dir", folder.resolve("journal"), "--edits", folder.resolve("none"));

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("generate-resources"), run::toString);
        assertEquals(1, run.err().lines().count(), run::toString);
    }

    @Test
    void shouldNameTheFileWhenTheJournalIsCorrupt() throws IOException {
        demo("--commands=1000");
        damage("GELongstreet");

        final Run run = millrace("--commands=1");

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("journal is corrupt"), run::toString);
        assertTrue(run.err().contains(".cq4"), run::toString);
        assertEquals(1, run.err().lines().count(), run::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--commands=0", "--rate=-1", "--top=0", "--ring=3", "--warm-up=-1", "--durability=lost", "poem"})
    void shouldRefuseAWrongCommandLine(final String argument) {
        assertEquals(2, Run.millrace("demo", argument).exitCode());
    }

    @Test
    void shouldGoOnWithTheLedgerWhenRunAgain() {
        final JsonNode first = Run.millrace(ledger(1000)).succeeded().json();
        final Run again = Run.millrace(ledger(500)).succeeded();

        final JsonNode second = again.json();
        assertEquals(1000, first.get("commands").asInt());
        assertEquals(1000, first.get("accepted").asInt());
        assertEquals(500, second.get("commands").asInt());
        assertEquals(
                first.get("recovered_events").asInt() + 500,
                second.get("recovered_events").asInt());
        assertTrue(second.get("state_identical").asBoolean(), again::toString);
        assertTrue(second.get("read_models_identical").asBoolean(), again::toString);
        assertTrue(again.out().contains("1,500"), again::toString);
    }

    @Test
    void shouldTellItsExitCodesInTheHelp() {
        final Run run = Run.millrace("demo", "--help").succeeded();

        assertTrue(run.out().contains("Exit codes:"), run::toString);
    }

    @Test
    void shouldSayWhoseJournalItMustBeWhenItIsAnotherDemos() {
        Run.millrace(ledger(10)).succeeded();

        final Run run = Run.millrace("demo", "wiki", "--dir", folder.resolve("ledger"));

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("must be one of the wiki demo"), run::toString);
    }

    @Test
    void shouldNameTheHolderWhenTheDirectoryIsInUse() {
        try (Journal held = Journal.open(JournalConfig.at(folder.resolve("ledger")), event -> {})) {
            final Run run = Run.millrace(ledger(10));

            assertEquals(0, held.journaledSequence());
            assertEquals(1, run.exitCode());
            assertTrue(run.err().contains("PID " + ProcessHandle.current().pid()), run::toString);
        }
    }

    private Object[] ledger(final int commands) {
        return new Object[] {
            "demo", "ledger", "--commands", commands, "--dir", folder.resolve("ledger"), "--warm-up=0", "--json"
        };
    }

    /** Changes one bit of the first place where a text stands in the journal. */
    private void damage(final String text) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
            final Path cycle = files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
            final String content = Files.readString(cycle, StandardCharsets.ISO_8859_1);
            final int offset = content.indexOf(text);
            try (RandomAccessFile file = new RandomAccessFile(cycle.toFile(), "rw")) {
                file.seek(offset);
                file.write(content.charAt(offset) ^ 1);
            }
        }
    }

    private Run demo(final String... arguments) {
        return millrace(arguments).succeeded();
    }

    private Run millrace(final String... arguments) {
        final Path edits = Path.of(System.getProperty("millrace.wikiEdits", "no millrace.wikiEdits"));
        assumeTrue(Files.exists(edits), () -> "needs the edits that the build unpacks: " + edits);
        final Stream<String> common = Stream.of("demo", "--dir=" + folder.resolve("journal"), "--warm-up=0");
        return Run.millrace(Stream.concat(common, Stream.of(arguments)).toArray());
    }
}
