package io.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalToolsTest {
    private static final int DAMAGED = 1;
    private static final int USAGE = 2;
    private static final int TORN = 3;

    @TempDir
    private Path folder;

    private Path directory() {
        return folder.resolve("journal");
    }

    /** Four events of three commands, and one rejected command. */
    private void write() {
        try (SampleJournal journal = SampleJournal.open(directory())) {
            journal.event(7, "alpha").event(8, "beta").accept(1, 11);
            journal.reject(1, 12, 5, "too poor");
            journal.event(7, "gamma").accept(2, 21);
            journal.event(2, 9, new byte[] {1, 0, 0, 0, 2, 0, 'h', 'i'}).accept(2, 22);
        }
    }

    private Run run(final String tool, final Object... arguments) {
        final Stream<Object> start = Stream.of("journal", tool, directory());
        return Run.millrace(Stream.concat(start, Stream.of(arguments)).toArray());
    }

    private Path cycle() throws IOException {
        return SampleJournal.cycles(directory()).get(0);
    }

    @Test
    void shouldListCyclesWatermarkAndHolder() {
        try (SampleJournal journal = SampleJournal.open(directory(), 1)) {
            journal.event(7, "alpha").accept(1, 11).event(7, "beta").accept(1, 12);
        }

        final Run run = run("ls", "--json").succeeded();

        final JsonNode json = run.json();
        assertEquals("OK", json.get("verdict").asText());
        assertEquals(2, json.get("events").asInt());
        assertEquals(2, json.get("cycles").size(), run::toString);
        assertTrue(json.at("/cycles/0/closed").asBoolean(), run::toString);
        assertEquals(2, json.at("/watermark/sequence").asInt());
        assertTrue(json.at("/watermark/closed_cleanly").asBoolean());
        assertEquals(ProcessHandle.current().pid(), json.at("/holder/pid").asLong());
        assertTrue(run.out().contains(json.at("/cycles/1/file").asText()), run::toString);
        assertTrue(run.out().contains(json.get("journal_id").asText()), run::toString);
    }

    @Test
    void shouldPrintCommandsAndEvents() {
        write();

        final Run run = run("cat", "--schema", "utf8").succeeded();

        final List<String> lines = run.out().lines().toList();
        assertEquals(8, lines.size(), run::toString);
        assertTrue(lines.get(0).contains("accepted 0  journaled  client 1.11  events 1-2"), run::toString);
        assertTrue(lines.get(1).matches(" +1  .*Z  type 1  stream 7.1  client 1.11  \"alpha\""), run::toString);
        assertTrue(lines.get(3).contains("rejected 5  journaled  client 1.12  no event  too poor"), run::toString);
        assertTrue(lines.get(5).contains("stream 7.2  client 2.21  \"gamma\""), run::toString);
    }

    @Test
    void shouldFallBackToHexWhenThereIsNoSchema() {
        write();

        final Run run = run("cat", "--type", 2, "--events").succeeded();

        assertEquals(1, run.out().lines().count());
        assertTrue(run.out().contains("type 2  stream 9.1  client 2.22  hex 0100000002006869"), run::toString);
    }

    @Test
    void shouldDecodeFieldsWhenTheSchemaFileNamesThem() throws IOException {
        write();
        final Path schema = Files.writeString(
                folder.resolve("schema.json"),
                "{'events': {'1': {'name': 'Said', 'format': 'utf8'}, '2': {'name': 'Moved', 'fields': ["
                                .replace('\'', '"')
                        + "{'name': 'amount', 'type': 'u32'}, {'name': 'note', 'type': 'text16'}]}}, 'codes': {'5': 'POOR'}}"
                                .replace('\'', '"'));

        final Run run = run("cat", "--json", "--schema", schema).succeeded();
        final Run selected =
                run("export", "--type", "moved", "--schema", schema).succeeded();

        assertTrue(run.out().contains("\"code_name\":\"POOR\""), run::toString);
        assertTrue(run.out().contains("\"payload\":\"gamma\""), run::toString);
        assertEquals(1, selected.out().lines().count(), selected::toString);
        assertEquals("Moved", selected.json().get("name").asText());
        assertEquals(1, selected.json().at("/payload/amount").asInt());
        assertEquals("hi", selected.json().at("/payload/note").asText());
    }

    @Test
    void shouldSelectByRangeStreamAndLimit() {
        write();

        assertEquals(List.of(2, 3), sequences("--from", 2, "--to", 3));
        assertEquals(List.of(1, 3), sequences("--stream", 7));
        assertEquals(List.of(1, 2), sequences("--stream", "7,8", "--limit", 2));
        assertEquals(List.of(), sequences("--from", 99));
        final Run commands = run("cat", "--commands", "--stream", 9).succeeded();
        assertEquals(1, commands.out().lines().count(), commands::toString);
        assertTrue(commands.out().contains("client 2.22"), commands::toString);
    }

    private List<Integer> sequences(final Object... arguments) {
        return run("export", arguments)
                .succeeded()
                .out()
                .lines()
                .map(line -> parse(line).get("sequence").asInt())
                .toList();
    }

    private static JsonNode parse(final String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (final IOException e) {
            throw new AssertionError("must be JSON: " + line, e);
        }
    }

    @Test
    void shouldEscapeControlCharactersWhenPrinting() {
        try (SampleJournal journal = SampleJournal.open(directory())) {
            journal.event(1, "red \u001b[31m\u009b1m").accept(1, 1);
        }

        final Run run = run("cat", "--schema", "utf8").succeeded();

        assertFalse(run.out().chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)), run::toString);
    }

    @Test
    void shouldExportToANewFileOfItsOwner() throws IOException {
        write();
        final Path out = folder.resolve("events.jsonl");

        final Run run = run("export", "--commands", "--out", out, "--json").succeeded();

        assertEquals(4, run.json().get("events").asInt());
        assertEquals(4, run.json().get("commands").asInt());
        final List<String> lines = Files.readAllLines(out);
        assertEquals(8, lines.size());
        assertEquals("too poor", parse(lines.get(3)).get("reason").asText());
        assertEquals("616c706861", parse(lines.get(1)).get("hex").asText());
        assertEquals(2, Files.getPosixFilePermissions(out).size());
        assertEquals(USAGE, run("export", "--out", out).exitCode());
        assertEquals(USAGE, run("export", "--out", directory().resolve("x")).exitCode());
    }

    @Test
    void shouldCountWhatTheJournalHolds() {
        write();

        final Run run = run("stats", "--json").succeeded();

        final JsonNode json = run.json();
        assertEquals(4, json.get("events").asInt());
        assertEquals(3, json.get("accepted").asInt());
        assertEquals(1, json.get("rejected").asInt());
        assertEquals(4, json.get("commits").asInt());
        assertEquals(3, json.get("streams").asInt());
        assertTrue(json.get("streams_exact").asBoolean());
        assertEquals(7, json.at("/largest_streams/0/stream").asInt());
        assertEquals(2, json.at("/events_per_commit/max").asInt());
        assertEquals(3, json.at("/types/0/events").asInt());
        assertEquals(5, json.at("/rejections/0/code").asInt());
        assertEquals(1, json.at("/rejections/0/commands").asInt());
    }

    @Test
    void shouldVerifyAWholeJournal() {
        write();

        final Run run = run("verify", "--json").succeeded();

        assertTrue(run.out().startsWith("OK         4 events (1 to 4) of 4 commands in 4 commits, 1 cycle"), run.out());
        assertEquals("OK", run.json().get("verdict").asText());
        assertTrue(run.json().get("damage").isNull());
    }

    @Test
    void shouldNameThePlaceWhenABitWasFlipped() throws IOException {
        write();
        SampleJournal.damage(cycle(), "gamma");

        final Run run = run("verify", "--json");

        assertEquals(DAMAGED, run.exitCode(), run::toString);
        final JsonNode damage = run.json().get("damage");
        assertEquals(cycle().toString(), damage.get("file").asText());
        assertEquals(3, damage.get("sequence").asInt());
        assertTrue(damage.get("offset").asLong() > 0);
        assertTrue(damage.get("cause").asText().contains("CRC"), run::toString);
        assertTrue(run.out().contains("opening    refuses"), run::toString);
        for (final String tool : List.of("ls", "cat", "stats", "export")) {
            assertEquals(DAMAGED, run(tool).exitCode(), tool);
        }
        assertTrue(
                run("cat").err().contains("can be read up to sequence 2"),
                () -> run("cat").toString());
        assertEquals(DAMAGED, run("anchor").exitCode());
    }

    @Test
    void shouldSayThatAnOpeningWouldCutWhenTheTailIsTorn() throws IOException {
        final Path live = folder.resolve("live");
        try (SampleJournal journal = SampleJournal.open(live)) {
            journal.event(7, "forced").accept(1, 1);
            journal.journal().force();
            journal.event(7, "torn").accept(1, 2);
            journal.copyAsIfTheMachineWentDown(directory());
        }
        SampleJournal.damage(cycle(), "torn");

        final Run run = run("verify", "--json");

        assertEquals(TORN, run.exitCode(), run::toString);
        assertEquals("TORN", run.json().get("verdict").asText());
        assertEquals(2, run.json().at("/damage/sequence").asInt());
        assertTrue(run.out().contains("cuts this by itself"), run::toString);
        assertEquals("MACHINE_DIED", run.json().at("/holder/left").asText());
        SampleJournal.open(directory()).close();
        assertEquals(0, run("verify").exitCode());
    }

    @Test
    void shouldReadBesideALiveWriter() {
        try (SampleJournal journal = SampleJournal.open(directory())) {
            journal.event(7, "alpha").accept(1, 11);

            final Run run = run("verify", "--json").succeeded();
            journal.event(7, "beta").accept(1, 12);

            assertTrue(run.json().at("/holder/running").asBoolean(), run::toString);
            assertEquals(1, run.json().get("last_sequence").asInt());
            assertEquals(
                    2,
                    run("ls", "--json").succeeded().json().get("last_sequence").asInt());
            assertEquals(List.of(1, 2), sequences());
            assertEquals(
                    2, run("stats", "--json").succeeded().json().get("events").asInt());
            assertEquals(
                    2, run("anchor").succeeded().json().get("last_sequence").asInt());
            assertEquals(DAMAGED, run("repair").exitCode());
            assertTrue(
                    run("repair").err().contains("is held by PID"),
                    () -> run("repair").toString());
        }
    }

    @Test
    void shouldChangeNothingWhenItOnlyLooks() throws IOException {
        write();
        SampleJournal.damage(cycle(), "gamma");
        final Set<String> before = files();

        for (final String tool : List.of("ls", "cat", "stats", "verify", "export", "anchor", "repair")) {
            run(tool, "--json");
        }

        assertEquals(before, files());
    }

    /** Names, sizes and times of modification. */
    private Set<String> files() throws IOException {
        final Set<String> files = new HashSet<>();
        try (Stream<Path> listed = Files.list(directory())) {
            for (final Path file : listed.toList()) {
                files.add(file.getFileName() + " " + Files.size(file) + ' ' + Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    @Test
    void shouldContinueTheAnchorWhenTheJournalGrew() {
        write();
        final Path anchor = folder.resolve("anchor.json");
        run("anchor", "--out", anchor).succeeded();
        try (SampleJournal journal = SampleJournal.open(directory())) {
            journal.event(7, "more").accept(3, 31);
        }

        final Run run = run("verify", "--anchor", anchor, "--json").succeeded();

        assertTrue(run.json().get("anchor_continued").asBoolean(), run::toString);
        assertEquals(4, run.json().get("anchor_sequence").asInt());
    }

    @Test
    void shouldSeeATruncatedTailWhenThereIsAnAnchor() throws IOException {
        final Path anchor = anchorOfALongerJournal();

        final Run alone = run("verify").succeeded();
        final Run run = run("verify", "--anchor", anchor, "--json");

        assertTrue(alone.out().startsWith("OK"), alone::toString);
        assertEquals(DAMAGED, run.exitCode(), run::toString);
        assertFalse(run.json().get("anchor_continued").asBoolean());
        assertTrue(run.out().contains("anchor     not continued: it was taken at sequence 5"), run::toString);
    }

    @Test
    void shouldSeeARewrittenTailWhenThereIsAnAnchor() throws IOException {
        final Path anchor = anchorOfALongerJournal();
        try (SampleJournal journal = SampleJournal.open(directory())) {
            journal.event(7, "evil").accept(3, 31).event(7, "more").accept(3, 32);
        }

        final Run alone = run("verify").succeeded();
        final Run run = run("verify", "--anchor", anchor, "--json");

        assertTrue(alone.out().startsWith("OK"), alone::toString);
        assertEquals(DAMAGED, run.exitCode(), run::toString);
        assertTrue(run.json().at("/damage/cause").asText().contains("SHA-256"), run::toString);
    }

    /** Leaves the journal as it was before it grew; all in it is valid. */
    private Path anchorOfALongerJournal() throws IOException {
        write();
        final Path grown = folder.resolve("grown");
        SampleJournal.copy(directory(), grown);
        try (SampleJournal journal = SampleJournal.open(grown)) {
            journal.event(7, "good").accept(3, 31);
        }
        final Path anchor = folder.resolve("anchor.json");
        Run.millrace("journal", "anchor", grown, "--out", anchor).succeeded();
        return anchor;
    }

    @Test
    void shouldSayWhatIsLostBeforeItRepairs() throws IOException {
        write();
        SampleJournal.damage(cycle(), "gamma");

        final Run plan = run("repair", "--json");

        assertEquals(DAMAGED, plan.exitCode());
        assertTrue(plan.out().contains("2 events, 3 to 4, that were on the disk"), plan::toString);
        assertTrue(plan.out().contains("Nothing was changed"), plan::toString);
        assertFalse(plan.json().get("applied").asBoolean());
        assertEquals(DAMAGED, run("verify").exitCode());
    }

    @Test
    void shouldKeepTheBytesThatItRemovesWhenItRepairs() throws IOException {
        write();
        SampleJournal.damage(cycle(), "gamma");

        final Run repair = run("repair", "--apply", "--json").succeeded();

        final Path cut = directory().resolve("cut");
        assertTrue(repair.json().get("applied").asBoolean());
        assertTrue(repair.out().contains("are in " + cut), repair::toString);
        try (Stream<Path> kept = Files.list(cut)) {
            assertEquals(2, kept.count());
        }
        assertEquals(
                2,
                run("verify", "--json").succeeded().json().get("last_sequence").asInt());
        assertTrue(run("repair").succeeded().out().contains("nothing needs a repair"));
        SampleJournal.open(directory()).close();
    }

    @Test
    void shouldMakeALostOrDamagedManifestAnew() throws IOException {
        write();
        SampleJournal.damage(directory().resolve("manifest"), "journalId");

        final Run verify = run("verify", "--json");
        final Run ls = run("ls");

        assertEquals(DAMAGED, verify.exitCode());
        assertTrue(verify.json().at("/damage/file").asText().endsWith("manifest"), verify::toString);
        assertEquals(DAMAGED, ls.exitCode());
        assertEquals(1, ls.err().lines().count(), ls::toString);
        assertTrue(ls.err().contains("journal repair"), ls::toString);
        run("repair", "--apply").succeeded();
        assertEquals(
                4,
                run("verify", "--json").succeeded().json().get("last_sequence").asInt());
    }

    @Test
    void shouldSayWhatToDoWhenThereIsNoJournal() throws IOException {
        final Run none = run("verify");
        Files.createDirectory(directory());
        final Run empty = run("verify");

        assertEquals(DAMAGED, none.exitCode());
        assertTrue(none.err().contains("no such directory"), none::toString);
        assertEquals(DAMAGED, empty.exitCode());
        assertTrue(empty.err().contains("has no manifest"), empty::toString);
        assertEquals(1, empty.err().lines().count(), empty::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--from=0", "--to=0", "--limit=0", "--type=0", "--type=Nothing", "--stream=x"})
    void shouldRefuseAWrongSelection(final String argument) {
        write();

        assertEquals(USAGE, run("cat", argument).exitCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{'other': 1}",
                "{'events': {'0': {'name': 'A', 'format': 'cbor'}}}",
                "{'events': {'1': {'name': 'A'}}}",
                "{'events': {'1': {'name': 'A', 'fields': [{'name': 'a', 'type': 'u7'}]}}}"
            })
    void shouldRefuseASchemaThatIsNone(final String text) throws IOException {
        write();
        final Path schema = Files.writeString(folder.resolve("schema.json"), text.replace('\'', '"'));

        final Run run = run("cat", "--schema", schema);

        assertEquals(DAMAGED, run.exitCode(), run::toString);
        assertTrue(run.err().startsWith("millrace: schema must be readable: " + schema), run::toString);
        assertEquals(1, run.err().lines().count(), run::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "cat", "stats", "verify", "repair", "export", "anchor"})
    void shouldTellItsExitCodesInTheHelp(final String tool) {
        final Run run = Run.millrace("journal", tool, "--help").succeeded();

        assertTrue(run.out().contains("Exit codes:"), run::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "wiki"})
    void shouldDecodeTheExamplesJournals(final String domain) {
        Run.millrace("demo", domain, "--dir", directory(), "--commands=200", "--warm-up=0")
                .succeeded();

        final Run run = run("export", "--schema", domain).succeeded();

        final Map<Boolean, Long> decoded = run.out()
                .lines()
                .map(JournalToolsTest::parse)
                .collect(Collectors.partitioningBy(
                        line -> line.has("payload") && !line.get("name").isNull(), Collectors.counting()));
        assertEquals(0, decoded.get(false), run::out);
        assertTrue(decoded.get(true) >= 200);
        assertNull(run.json().get("hex"));
    }
}
