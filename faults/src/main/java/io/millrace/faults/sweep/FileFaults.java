package io.millrace.faults.sweep;

import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import io.millrace.faults.sweep.SweptJournal.Answer;
import io.millrace.faults.sweep.SweptJournal.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Whole files that are missing, twice there, older, of another journal, or not files at all. */
public final class FileFaults {
    /** A name that a cycle of the journal does not have yet. */
    private static final String LATER_CYCLE = "00109999M.cq4";

    private static final int STRANGE_BYTES = 1000;

    /** Does harm to a journal. */
    private interface Harm {
        void to(SweptJournal journal, SweptJournal other) throws IOException, InterruptedException;
    }

    /**
     * A harm, and what must come of it.
     *
     * @param name of it
     * @param answer that it must have, null if refusing and opening with all contents are both right
     * @param harm itself
     */
    private record Fault(String name, Answer answer, Harm harm) {}

    private FileFaults() {}

    /** A task is one journal, left in one of the ways, and every harm to it; and a copy of a live one. */
    public static void run(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        rounds.run((number, seed, directory) -> {
            final State state = State.values()[number % State.values().length];
            final SweptJournal journal =
                    new SweptJournal(Files.createDirectories(directory.resolve("one")), state, seed);
            final SweptJournal other =
                    new SweptJournal(Files.createDirectories(directory.resolve("other")), state, seed + 1);
            boolean good = true;
            for (final Fault fault : faults(new Random(seed))) {
                good &= run(fault, journal, other, state, number, sink);
            }
            good &= new AnchorFaults(journal, sink, number).run();
            return good & new HotCopies(directory, seed, sink, number).run();
        });
    }

    private static boolean run(
            final Fault fault,
            final SweptJournal journal,
            final SweptJournal other,
            final State state,
            final int number,
            final RoundSink sink)
            throws IOException, InterruptedException {
        fault.harm().to(journal, other);
        final Answer answer = journal.open(true);
        final String name = "task " + number + ", " + fault.name() + ", " + state;
        Verdict verdict = journal.verdict(answer, name);
        if (verdict.isGood() && fault.answer() != null && answer != fault.answer()) {
            verdict = new Verdict(
                    answer == Answer.REFUSED ? Verdict.Kind.REFUSED : Verdict.Kind.SILENT,
                    name + ": must be " + fault.answer() + ", and was " + answer);
        }
        sink.ran(fault.name(), verdict);
        journal.allowLoosePermissions(false);
        journal.restore();
        return verdict.isGood();
    }

    private static List<Fault> faults(final Random random) {
        final List<Fault> faults = new ArrayList<>();
        opened(faults, "no harm, before", (journal, other) -> {});
        cycles(faults);
        contents(faults, random);
        small(faults);
        strangers(faults);
        // What a restoring left out would have all the others refused.
        opened(faults, "no harm, after", (journal, other) -> {});
        return faults;
    }

    private static void refused(final List<Fault> faults, final String name, final Harm harm) {
        faults.add(new Fault(name, Answer.REFUSED, harm));
    }

    private static void opened(final List<Fault> faults, final String name, final Harm harm) {
        faults.add(new Fault(name, Answer.OPENED, harm));
    }

    private static void either(final List<Fault> faults, final String name, final Harm harm) {
        faults.add(new Fault(name, null, harm));
    }

    private static void cycles(final List<Fault> faults) {
        refused(faults, "first cycle missing", (journal, other) -> Files.delete(first(journal)));
        refused(faults, "last cycle missing", (journal, other) -> Files.delete(last(journal)));
        refused(faults, "all cycles missing", (journal, other) -> {
            for (final String name : journal.cycles()) {
                Files.delete(journal.path(name));
            }
        });
        either(
                faults,
                "cycle twice, under a later number",
                (journal, other) ->
                        Files.copy(first(journal), journal.path(LATER_CYCLE), StandardCopyOption.COPY_ATTRIBUTES));
        refused(
                faults,
                "cycle under another name",
                (journal, other) -> Files.move(first(journal), journal.path(LATER_CYCLE)));
        refused(
                faults,
                "cycle copied over another",
                (journal, other) -> Files.copy(first(journal), last(journal), StandardCopyOption.REPLACE_EXISTING));
        refused(
                faults,
                "newer cycle copied over an older",
                (journal, other) -> Files.copy(last(journal), first(journal), StandardCopyOption.REPLACE_EXISTING));
        refused(faults, "cycles swapped", (journal, other) -> {
            final byte[] bytes = journal.bytes(firstName(journal));
            journal.write(firstName(journal), journal.bytes(lastName(journal)));
            journal.write(lastName(journal), bytes);
        });
    }

    private static void contents(final List<Fault> faults, final Random random) {
        refused(faults, "cycle emptied", (journal, other) -> journal.write(firstName(journal), new byte[0]));
        refused(faults, "newest cycle emptied", (journal, other) -> journal.write(lastName(journal), new byte[0]));
        refused(
                faults,
                "newest cycle all zeros",
                (journal, other) ->
                        journal.write(lastName(journal), new byte[journal.bytes(lastName(journal)).length]));
        refused(
                faults,
                "newest cycle as it was before",
                (journal, other) -> journal.write(lastName(journal), journal.older(lastName(journal))));
        opened(
                faults,
                "zeros behind the newest cycle",
                (journal, other) -> journal.write(
                        lastName(journal),
                        Arrays.copyOf(journal.bytes(lastName(journal)), journal.bytes(lastName(journal)).length * 2)));
        either(faults, "junk behind a cycle", (journal, other) -> {
            final byte[] junk = new byte[STRANGE_BYTES];
            random.nextBytes(junk);
            final String name = random.nextBoolean() ? firstName(journal) : lastName(journal);
            journal.writeAt(name, journal.bytes(name).length, junk);
        });
        refused(
                faults,
                "cycle of another journal",
                (journal, other) -> journal.write(lastName(journal), other.bytes(lastName(other))));
        refused(
                faults,
                "first cycle of another journal",
                (journal, other) -> journal.write(firstName(journal), other.bytes(firstName(other))));
    }

    /** Of manifest, watermark and lock. */
    private static void small(final List<Fault> faults) {
        refused(faults, "manifest missing", (journal, other) -> Files.delete(journal.path("manifest")));
        refused(faults, "manifest emptied", (journal, other) -> journal.write("manifest", new byte[0]));
        refused(
                faults,
                "manifest of another journal",
                (journal, other) -> journal.write("manifest", other.bytes("manifest")));
        either(
                faults,
                "manifest as it was before",
                (journal, other) -> journal.write("manifest", journal.older("manifest")));
        opened(faults, "watermark missing", (journal, other) -> Files.delete(journal.path("watermark")));
        opened(faults, "watermark emptied", (journal, other) -> journal.write("watermark", new byte[0]));
        refused(
                faults,
                "watermark of another journal",
                (journal, other) -> journal.write("watermark", other.bytes("watermark")));
        opened(
                faults,
                "watermark as it was before",
                (journal, other) -> journal.write("watermark", journal.older("watermark")));
        opened(faults, "lock missing", (journal, other) -> Files.delete(journal.path("lock")));
        opened(faults, "lock emptied", (journal, other) -> journal.write("lock", new byte[0]));
        opened(faults, "lock of another journal", (journal, other) -> journal.write("lock", other.bytes("lock")));
        opened(faults, "reserve and table of junk", (journal, other) -> {
            final byte[] junk = new byte[STRANGE_BYTES];
            Arrays.fill(junk, (byte) 'x');
            journal.write("reserve", junk);
            journal.write("metadata.cq4t", junk);
        });
    }

    private static void strangers(final List<Fault> faults) {
        for (final String what : List.of("cycle", "manifest", "watermark", "lock")) {
            refused(faults, "symbolic link for a " + what, (journal, other) -> {
                final Path file = what.equals("cycle") ? first(journal) : journal.path(what);
                final Path linked = journal.directory().resolveSibling("linked");
                Files.move(file, linked, StandardCopyOption.REPLACE_EXISTING);
                Files.createSymbolicLink(file, linked);
            });
        }
        refused(
                faults,
                "pipe",
                (journal, other) -> new ProcessBuilder(
                                "mkfifo", journal.path(LATER_CYCLE).toString())
                        .start()
                        .waitFor());
        refused(faults, "directory for a cycle", (journal, other) -> Files.createDirectory(journal.path(LATER_CYCLE)));
        refused(faults, "foreign directory", (journal, other) -> Files.createDirectory(journal.path("old")));
        refused(faults, "foreign file", (journal, other) -> Files.createFile(journal.path("notes.txt")));
        for (final String what : List.of("cycle", "manifest", "watermark", "lock")) {
            refused(faults, what + " that others may read", (journal, other) -> loosen(journal, what));
        }
        opened(faults, "files that others may read, which is allowed", (journal, other) -> {
            loosen(journal, "cycle");
            loosen(journal, "manifest");
            journal.allowLoosePermissions(true);
        });
    }

    private static void loosen(final SweptJournal journal, final String what) throws IOException {
        final Path file = what.equals("cycle") ? first(journal) : journal.path(what);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static String firstName(final SweptJournal journal) {
        return journal.cycles().get(0);
    }

    private static String lastName(final SweptJournal journal) {
        return journal.cycles().get(journal.cycles().size() - 1);
    }

    private static Path first(final SweptJournal journal) {
        return journal.path(firstName(journal));
    }

    private static Path last(final SweptJournal journal) {
        return journal.path(lastName(journal));
    }
}
