package io.millrace.faults.images;

import io.millrace.faults.kill.Verdict;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalException;
import io.millrace.journal.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.collections.MutableInteger;

/**
 * The oracle of one image: it is opened, and holds what was forced and whole commits of what was appended since; a commit is
 * appended and forced; another opening finds the same and that commit, and cuts nothing. Some openings are ended by their
 * handler and done again; in others the machine goes down a second time.
 */
final class ImageCheck {
    private static final int REOPENED_ONE_IN = 3;
    private static final int INTERRUPTED_ONE_IN = 10;
    private static final int CRASHED_ONE_IN = 5;
    private static final int BY_ENGINE_ONE_IN = 50;
    private static final int EVENT_BYTES = 64;
    private static final int END_OF_CYCLE_BYTES = 8;
    private static final String ASKED_TO = "asked to";
    private static final long NOW_NS = TimeUnit.DAYS.toNanos(20_400);

    private final ImageDirectory image;
    private final Contents least;
    private final Contents most;
    private final SplittableRandom random;
    private String second;

    /** The journal must hold at least the one and at most the other. */
    ImageCheck(final ImageDirectory image, final Contents least, final Contents most, final SplittableRandom random) {
        this.image = image;
        this.least = least;
        this.most = most;
        this.random = random;
    }

    static JournalConfig config(final Path place) {
        return SmallWriter.config(place).clock(() -> NOW_NS);
    }

    private static Verdict wrong(final Verdict.Kind kind, final String detail) {
        return new Verdict(kind, detail);
    }

    Verdict run() throws IOException {
        try {
            final boolean interrupted = random.nextInt(INTERRUPTED_ONE_IN) == 0;
            if (interrupted) {
                interrupt();
            }
            if (most.isFromStart() && random.nextInt(BY_ENGINE_ONE_IN) == 0) {
                return new EngineCheck(config(image.path()), this::judge).run();
            }
            final Snapshot before = interrupted ? Snapshot.of(image.path()) : image.written();
            final Contents found = new Contents();
            final Verdict first = open(before, found);
            if (!first.isGood()) {
                return first;
            }
            return random.nextInt(REOPENED_ONE_IN) == 0 ? reopen(found) : leftovers();
        } catch (final JournalException e) {
            return wrong(Verdict.Kind.REFUSED, e.toString());
        } catch (final RuntimeException | Error e) {
            return wrong(Verdict.Kind.SILENT, "untyped: " + e);
        }
    }

    /** What the second image was that was made of the first; null when there was none. */
    String second() {
        return second;
    }

    private Verdict open(final Snapshot before, final Contents found) throws IOException {
        Snapshot recovered = null;
        try (Journal journal = Journal.open(config(image.path()), found)) {
            final Verdict verdict = judge(found);
            if (!verdict.isGood()) {
                return verdict;
            }
            final RecoveryReport report = journal.recovery();
            if (report.cut() && random.nextInt(CRASHED_ONE_IN) == 0) {
                recovered = Snapshot.of(image.path());
            } else {
                final String lost = report.cut() ? null : lostUnsaid(before, report);
                if (lost != null) {
                    return wrong(Verdict.Kind.SILENT, lost);
                }
                append(journal);
            }
        }
        return recovered == null ? Verdict.recovered() : crashAgain(before, recovered, found);
    }

    private static void append(final Journal journal) {
        new SmallWriter(journal, new SplittableRandom(1)).commit(EVENT_BYTES);
        journal.force();
    }

    /** What an opening of the image delivered. */
    Verdict judge(final Contents found) {
        if (found.hasGap()) {
            return wrong(Verdict.Kind.SILENT, "sequences must have no gap");
        }
        if (!found.isPrefixOf(most)) {
            return wrong(
                    found.size() < least.size() ? Verdict.Kind.LOST : Verdict.Kind.SILENT,
                    "whole commits that were appended must be there and nothing else: commands=" + found.size()
                            + ", appended=" + most.size());
        }
        return found.size() < least.size()
                ? wrong(
                        Verdict.Kind.LOST,
                        "what was forced must be there: commands=" + least.size() + ", found=" + found.size())
                : Verdict.recovered();
    }

    /** Bytes behind the end that was found, of an image that was not cut. */
    private static String lostUnsaid(final Snapshot before, final RecoveryReport report) {
        final String last = before.names().stream()
                .filter(name -> name.endsWith(".cq4") && name.indexOf('/') < 0)
                .reduce((one, next) -> next)
                .orElse(null);
        if (last == null || report.cutOffset() == 0) {
            return null;
        }
        final long at = before.firstBehind(last, report.cutOffset() + END_OF_CYCLE_BYTES);
        return at < 0
                ? null
                : "bytes that are not read must be reported as cut: file=" + last + ", offset=" + at + ", end="
                        + report.cutOffset();
    }

    /** An opening that ends early, by an exception of its handler, and leaves the rest to the next. */
    private void interrupt() {
        final int after = random.nextInt(20);
        final MutableInteger events = new MutableInteger();
        try {
            Journal.open(config(image.path()), event -> {
                        if (events.getAndIncrement() == after) {
                            throw new IllegalStateException(ASKED_TO);
                        }
                    })
                    .close();
        } catch (final IllegalStateException e) {
            if (!ASKED_TO.equals(e.getMessage())) {
                throw e;
            }
        }
    }

    /** The machine went down while the tail was cut. The next opening must come to the same. */
    private Verdict crashAgain(final Snapshot torn, final Snapshot recovered, final Contents first) throws IOException {
        final RecoveryCrash.Step[] steps = RecoveryCrash.Step.values();
        final RecoveryCrash.Step step = steps[random.nextInt(steps.length)];
        image.empty();
        new RecoveryCrash(torn, recovered, image, random).write(step);
        second = "down again while " + step.name().toLowerCase(Locale.ROOT);
        final String name = second + ": ";
        final Contents found = new Contents();
        try (Journal journal = Journal.open(config(image.path()), found)) {
            if (!found.same(first)) {
                return wrong(Verdict.Kind.SILENT, name + "first=" + first.size() + ", second=" + found.size());
            }
            append(journal);
        } catch (final JournalException e) {
            return wrong(Verdict.Kind.REFUSED, name + e);
        }
        return Verdict.recovered();
    }

    /** The second opening must find what the first left, and the new commit. */
    private Verdict reopen(final Contents first) throws IOException {
        final Contents found = new Contents();
        try (Journal again = Journal.open(config(image.path()), found)) {
            if (!first.isStartOf(found) || again.recovery().cut()) {
                return wrong(
                        Verdict.Kind.SILENT,
                        "the second opening must find what the first left and the new commit: first=" + first.size()
                                + ", second=" + found.size() + ", " + again.recovery());
            }
        }
        return leftovers();
    }

    private Verdict leftovers() throws IOException {
        try (Stream<Path> files = Files.list(image.path())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.equals("rebuild") || file.equals("manifest.new") || file.contains("discard"))
                    .findAny()
                    .map(file -> wrong(Verdict.Kind.SILENT, "nothing must be left over: " + file))
                    .orElse(Verdict.recovered());
        }
    }
}
