package io.millrace.faults.images;

import io.millrace.faults.kill.Recovery;
import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The page-subset crash simulator. A task is a journal that is written, forced and rolled in one thread; at each force, and
 * again later, its files are read. Between each such pair lies everything that a disk may hold if the machine goes down
 * there; many of those are made and opened. What was forced must be there, exactly; what was appended since, whole commits
 * of it from the start, or not at all.
 */
public final class PageImages {
    /** How many images a task makes. */
    public static final int IMAGES = 300;

    private static final int PAIRS = 6;
    private static final int REOPENED_ONE_IN = 3;
    private static final long MAX_OPENING_NS = TimeUnit.SECONDS.toNanos(10);
    private static final Mixer.Strategy[] STRATEGIES = Mixer.Strategy.values();

    private final Path directory;
    private final Path image;
    private final SplittableRandom random;
    private final RoundSink sink;
    private final int number;

    /**
     * Two moments.
     *
     * @param old right after a force
     * @param now later
     * @param floor what was forced at the first
     * @param full what was appended at the second
     * @param forced whether the second is right after another force
     */
    private record Pair(Snapshot old, Snapshot now, Contents floor, Contents full, boolean forced) {}

    private PageImages(final Path directory, final long seed, final RoundSink sink, final int number)
            throws IOException {
        this.directory = directory.resolve("journal");
        image = directory.resolve("image");
        Files.createDirectory(
                image, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        random = new SplittableRandom(seed);
        this.sink = sink;
        this.number = number;
    }

    /** The tasks of the rounds are journals. */
    public static void run(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        rounds.run((number, seed, directory) -> new PageImages(directory, seed, sink, number).run(rounds));
    }

    private boolean run(final Rounds rounds) throws IOException {
        final List<Pair> pairs = write();
        boolean good = true;
        for (int i = 0; i < IMAGES && good && !rounds.isOver(); i++) {
            good = image(i, pairs.get(random.nextInt(pairs.size())));
        }
        return good;
    }

    private JournalConfig config(final Path place, final AtomicLong clockNs) {
        return SmallWriter.config(place).clock(clockNs::get);
    }

    private List<Pair> write() throws IOException {
        final List<Pair> pairs = new ArrayList<>();
        final AtomicLong clockNs = new AtomicLong(TimeUnit.DAYS.toNanos(20_000));
        final JournalConfig config = config(directory, clockNs)
                .rollBytes(random.nextInt(3) == 0 ? 1 << 30 : 80_000 + random.nextInt(100_000));
        final int maxBytes = 16 << random.nextInt(11);
        try (Journal journal = Journal.open(config, event -> {})) {
            final SmallWriter writer = new SmallWriter(journal, random);
            Snapshot old = Snapshot.of(directory);
            Contents floor = contents(journal);
            for (int i = 0; i < PAIRS; i++) {
                for (int commits = random.nextInt(12); commits >= 0; commits--) {
                    clockNs.addAndGet(random.nextInt(8) == 0 ? TimeUnit.HOURS.toNanos(random.nextInt(30)) : 1000);
                    writer.commit(maxBytes);
                }
                pairs.add(new Pair(old, Snapshot.of(directory), floor, contents(journal), false));
                journal.force();
                final Snapshot forced = Snapshot.of(directory);
                pairs.add(new Pair(old, forced, floor, contents(journal), true));
                old = forced;
                floor = contents(journal);
            }
        }
        return pairs;
    }

    private static Contents contents(final Journal journal) {
        final Contents contents = new Contents();
        try (JournalReader reader = journal.newReader(1)) {
            while (reader.poll(contents, 64) > 0) {
                continue;
            }
        }
        return contents;
    }

    private boolean image(final int index, final Pair pair) throws IOException {
        final Mixer.Strategy strategy = STRATEGIES[random.nextInt(STRATEGIES.length)];
        final Mixer.Stage stage =
                pair.forced() ? Mixer.Stage.values()[random.nextInt(Mixer.Stage.values().length)] : Mixer.Stage.NONE;
        empty(image);
        new Mixer(pair.old(), pair.now(), image, random).write(strategy, stage, true);
        final String name = "task " + number + ", image " + index + ", " + strategy + ", force " + stage;
        final Verdict verdict = check(pair, stage, name);
        final String kind = stage == Mixer.Stage.NONE ? "pages " + strategy : "in a force, done: " + stage;
        sink.ran(kind.toLowerCase(Locale.ROOT).replace('_', ' '), verdict);
        return verdict.isGood();
    }

    private Verdict check(final Pair pair, final Mixer.Stage stage, final String name) throws IOException {
        final AtomicLong clockNs = new AtomicLong(TimeUnit.DAYS.toNanos(20_400));
        final JournalConfig config = config(image, clockNs);
        final long startNs = System.nanoTime();
        final Contents found = new Contents();
        try {
            if (random.nextInt(10) == 0) {
                interruptRecovery(config);
            }
            try (Journal journal = Journal.open(config, found)) {
                final String wrong = wrong(found, pair, stage);
                if (wrong != null) {
                    return verdict(
                            found.size() < pair.floor().size() ? Verdict.Kind.LOST : Verdict.Kind.SILENT, name, wrong);
                }
                new SmallWriter(journal, new SplittableRandom(1)).commit(64);
                journal.force();
            }
            if (random.nextInt(REOPENED_ONE_IN) == 0) {
                final String again = reopen(config, found);
                if (again != null) {
                    return verdict(Verdict.Kind.SILENT, name, again);
                }
            }
            final String left = leftovers();
            if (left != null) {
                return verdict(Verdict.Kind.SILENT, name, "nothing must be left over: " + left);
            }
        } catch (final JournalException e) {
            return verdict(Verdict.Kind.REFUSED, name, e.toString());
        } catch (final RuntimeException | Error e) {
            return verdict(Verdict.Kind.SILENT, name, "untyped: " + e);
        }
        return System.nanoTime() - startNs > MAX_OPENING_NS
                ? verdict(Verdict.Kind.HUNG, name, "openings must take less than 10 s")
                : new Verdict(Verdict.Kind.RECOVERED, "");
    }

    /** Returns what is wrong, null when the second opening finds what the first left, and the new commit. */
    private static String reopen(final JournalConfig config, final Contents first) {
        final Contents found = new Contents();
        try (Journal again = Journal.open(config, found)) {
            return first.isStartOf(found) && !again.recovery().cut()
                    ? null
                    : "the second opening must find what the first left and the new commit: first=" + first.size()
                            + ", second=" + found.size() + ", " + again.recovery();
        }
    }

    /** An opening that ends early, by an exception of its handler, and leaves the rest to the next. */
    private void interruptRecovery(final JournalConfig config) {
        final long after = random.nextInt(20);
        final long[] events = new long[1];
        try {
            Journal.open(config, event -> {
                        if (events[0]++ == after) {
                            throw new IllegalStateException("asked to");
                        }
                    })
                    .close();
        } catch (final IllegalStateException e) {
            if (!"asked to".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    private static String wrong(final Contents found, final Pair pair, final Mixer.Stage stage) {
        final Contents least = stage == Mixer.Stage.NONE ? pair.floor() : pair.full();
        if (found.hasGap()) {
            return "sequences must have no gap";
        }
        if (!found.isPrefixOf(pair.full())) {
            return "whole commits that were appended must be there and nothing else: commands=" + found.size();
        }
        return found.size() < least.size()
                ? "what was forced must be there: forced=" + least.size() + ", found=" + found.size()
                : null;
    }

    private String leftovers() throws IOException {
        try (Stream<Path> files = Files.list(image)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.equals("rebuild") || file.equals("manifest.new") || file.contains("discard"))
                    .findAny()
                    .orElse(null);
        }
    }

    private static Verdict verdict(final Verdict.Kind kind, final String name, final String detail) {
        return new Verdict(kind, name + ": " + detail);
    }

    private static void empty(final Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            for (final Path file : files.toList()) {
                if (Files.isDirectory(file)) {
                    Recovery.deleteTree(file);
                } else {
                    Files.delete(file);
                }
            }
        }
    }
}
