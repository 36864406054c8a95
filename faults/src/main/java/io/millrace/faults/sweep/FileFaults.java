package io.millrace.faults.sweep;

import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import io.millrace.journal.JournalAnchor;
import io.millrace.journal.JournalInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Whole files that are missing, twice there, of another journal, or not files at all. */
public final class FileFaults {
    /** Does harm to a journal. */
    private interface Harm {
        void to(SweptJournal journal, SweptJournal other) throws IOException, InterruptedException;
    }

    private FileFaults() {}

    /** A task is one journal, closed or left by a killed process, and every harm to it. */
    public static void run(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        rounds.run((number, seed, directory) -> {
            final boolean closed = number % 2 == 0;
            final SweptJournal journal =
                    new SweptJournal(Files.createDirectories(directory.resolve("one")), closed, seed);
            final SweptJournal other =
                    new SweptJournal(Files.createDirectories(directory.resolve("other")), closed, seed + 1);
            boolean good = true;
            for (final Map.Entry<String, Harm> harm : harms(new Random(seed)).entrySet()) {
                harm.getValue().to(journal, other);
                final Verdict found = journal.open(harm.getKey());
                final Verdict verdict = found == null ? new Verdict(Verdict.Kind.RECOVERED, "") : found;
                sink.ran(harm.getKey(), verdict);
                good &= verdict.isGood();
                journal.restore();
            }
            return good & anchored(journal, sink);
        });
    }

    private static Map<String, Harm> harms(final Random random) {
        final Map<String, Harm> harms = new LinkedHashMap<>();
        harms.put("first cycle missing", (journal, other) -> Files.delete(cycle(journal, 0)));
        harms.put("last cycle missing", (journal, other) -> Files.delete(cycle(journal, last(journal))));
        harms.put(
                "cycle twice, under a later number",
                (journal, other) -> Files.copy(
                        cycle(journal, 0), journal.path("00109999M.cq4"), StandardCopyOption.COPY_ATTRIBUTES));
        harms.put(
                "cycle under another name",
                (journal, other) -> Files.move(cycle(journal, 0), journal.path("00109999M.cq4")));
        harms.put(
                "cycle copied over another",
                (journal, other) -> Files.copy(
                        cycle(journal, 0), cycle(journal, last(journal)), StandardCopyOption.REPLACE_EXISTING));
        harms.put("cycles swapped", (journal, other) -> {
            final Path aside = journal.path("00109999M.cq4");
            Files.move(cycle(journal, 0), aside);
            Files.move(cycle(journal, last(journal)), cycle(journal, 0));
            Files.move(aside, cycle(journal, last(journal)));
        });
        harms.put("cycle emptied", (journal, other) -> journal.write(cycleName(journal, 0), new byte[0]));
        harms.put(
                "newest cycle emptied",
                (journal, other) -> journal.write(cycleName(journal, last(journal)), new byte[0]));
        harms.put(
                "cycle all zeros",
                (journal, other) -> journal.write(
                        cycleName(journal, last(journal)),
                        new byte[journal.bytes(cycleName(journal, last(journal))).length]));
        harms.put(
                "zeros behind the newest cycle",
                (journal, other) -> journal.writeAt(cycleName(journal, last(journal)), 200_000, new byte[1000]));
        harms.put("junk behind a cycle", (journal, other) -> {
            final byte[] junk = new byte[1000];
            random.nextBytes(junk);
            final String name = cycleName(journal, random.nextInt(last(journal) + 1));
            journal.writeAt(name, journal.bytes(name).length, junk);
        });
        harms.put(
                "cycle of another journal",
                (journal, other) ->
                        journal.write(cycleName(journal, last(journal)), other.bytes(cycleName(other, last(other)))));
        for (final String name : List.of("manifest", "watermark", "lock")) {
            harms.put(name + " missing", (journal, other) -> Files.delete(journal.path(name)));
            harms.put(name + " of another journal", (journal, other) -> journal.write(name, other.bytes(name)));
            harms.put(name + " emptied", (journal, other) -> journal.write(name, new byte[0]));
        }
        strangers(harms);
        return harms;
    }

    private static void strangers(final Map<String, Harm> harms) {
        harms.put("symbolic link for a cycle", (journal, other) -> {
            final Path file = cycle(journal, 0);
            Files.move(file, journal.directory().resolveSibling("linked"), StandardCopyOption.REPLACE_EXISTING);
            Files.createSymbolicLink(file, journal.directory().resolveSibling("linked"));
        });
        harms.put("pipe", (journal, other) -> {
            final Process process =
                    new ProcessBuilder("mkfifo", journal.path("00109999M.cq4").toString()).start();
            process.waitFor();
        });
        harms.put("directory for a cycle", (journal, other) -> Files.createDirectory(journal.path("00109999M.cq4")));
        harms.put("foreign file", (journal, other) -> Files.createFile(journal.path("notes.txt")));
        harms.put(
                "file that others may read",
                (journal, other) ->
                        Files.setPosixFilePermissions(cycle(journal, 0), PosixFilePermissions.fromString("rw-r--r--")));
        harms.put(
                "permissions back",
                (journal, other) ->
                        Files.setPosixFilePermissions(cycle(journal, 0), PosixFilePermissions.fromString("rw-------")));
    }

    private static String cycleName(final SweptJournal journal, final int index) {
        return journal.names().stream()
                .filter(name -> name.endsWith(".cq4"))
                .toList()
                .get(index);
    }

    private static int last(final SweptJournal journal) {
        return (int) journal.names().stream()
                        .filter(name -> name.endsWith(".cq4"))
                        .count()
                - 1;
    }

    private static Path cycle(final SweptJournal journal, final int index) {
        return journal.path(cycleName(journal, index));
    }

    /** What no journal can find by itself: that it was put back to an older state, all of it. */
    private static boolean anchored(final SweptJournal journal, final RoundSink sink) throws IOException {
        final JournalInspector inspector = JournalInspector.at(journal.directory());
        final Verdict grown = journal.open("grows");
        final JournalAnchor anchor = inspector.anchor();
        final boolean same = inspector.compare(anchor) == null;
        journal.restore();
        final boolean found = inspector.compare(anchor) != null;
        final Verdict verdict = grown != null && grown.isGood() && same && found
                ? new Verdict(Verdict.Kind.RECOVERED, "")
                : new Verdict(
                        Verdict.Kind.SILENT,
                        "anchor: grown=" + grown + ", same before=" + same + ", found after=" + found);
        sink.ran("older state of the whole directory, with an anchor", verdict);
        return verdict.isGood();
    }
}
