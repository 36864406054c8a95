package io.millrace.faults.images;

import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import io.millrace.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The page-subset crash simulator. A task is the life of a journal; between each two moments of it lies everything that a
 * disk may hold if the machine goes down there; many of those are made and opened. What was forced must be there, exactly;
 * what was appended since, whole commits of it from the start, or not at all.
 *
 * <p>What is drawn for an image follows from the task and the number of the image alone.
 */
public final class PageImages {
    /** How many images a task makes. */
    public static final int IMAGES = 300;

    private static final int STEPS = 6;
    private static final int PROCESS_ONE_IN = 12;
    private static final long LIMIT_MS = TimeUnit.SECONDS.toMillis(10);

    private final ImageDirectory image;
    private final long seed;
    private final RoundSink sink;
    private final int number;
    private final Path directory;

    private PageImages(final Path directory, final long seed, final RoundSink sink, final int number)
            throws IOException {
        this.directory = directory;
        image = new ImageDirectory(directory.resolve("image"));
        this.seed = seed;
        this.sink = sink;
        this.number = number;
    }

    /** The tasks of the rounds are journals. */
    public static void run(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        rounds.run((number, seed, directory) -> new PageImages(directory, seed, sink, number).run(rounds));
    }

    private boolean run(final Rounds rounds) throws IOException, InterruptedException {
        final List<Span> spans;
        try {
            spans = new Workload(directory, new SplittableRandom(seed)).run(STEPS);
        } catch (final JournalException e) {
            sink.ran("life of a journal", new Verdict(Verdict.Kind.REFUSED, "task " + number + ": " + e));
            return false;
        }
        boolean good = true;
        for (int i = 0; i < IMAGES && good && !rounds.isOver(); i++) {
            // What is drawn for one must not depend on how much was drawn for those before it.
            final SplittableRandom random = new SplittableRandom(seed + i * 0x9E37_79B9_7F4A_7C15L);
            good = image(i, spans.get(random.nextInt(spans.size())), random);
        }
        return good;
    }

    private boolean image(final int index, final Span span, final SplittableRandom random)
            throws IOException, InterruptedException {
        final List<Span.Stage> stages = span.kind().stages();
        final Span.Stage stage = stages.get(random.nextInt(stages.size()));
        final Mixer.Strategy strategy = Mixer.Strategy.random(random);
        final boolean process = random.nextInt(PROCESS_ONE_IN) == 0;
        image.empty();
        final Mixer mixer = new Mixer(span, image, random);
        final String fault;
        final ImageCheck check;
        if (process) {
            mixer.writeAllNew();
            fault = "process died";
            check = new ImageCheck(image, span.full(), span.full(), random);
        } else {
            mixer.write(strategy, stage);
            fault = name(span.kind(), stage, strategy);
            check = new ImageCheck(image, span.least(stage), span.full(), random);
        }
        final Verdict found = withinLimit(check);
        final Verdict verdict = found.isGood()
                ? found
                : new Verdict(
                        found.kind(),
                        "task " + number + ", image " + index + ", " + strategy + ", " + span.kind() + " up to " + stage
                                + ": " + found.detail());
        sink.ran(fault, check.second() == null ? verdict : Verdict.recovered());
        if (check.second() != null) {
            sink.ran(check.second(), verdict);
        }
        return verdict.isGood();
    }

    private static String name(final Span.Kind kind, final Span.Stage stage, final Mixer.Strategy strategy) {
        final String name = stage == Span.Stage.NONE ? "pages " + strategy : kind + ", forced up to " + stage;
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** In a thread of its own, so that an opening that hangs is found out, and does not stop everything. */
    private static Verdict withinLimit(final ImageCheck check) throws InterruptedException {
        final Verdict[] verdict = new Verdict[1];
        final Thread thread = new Thread(
                () -> {
                    try {
                        verdict[0] = check.run();
                    } catch (final IOException e) {
                        verdict[0] = new Verdict(Verdict.Kind.SILENT, "the harness must be able to look: " + e);
                    }
                },
                "millrace-faults-image");
        thread.setDaemon(true);
        thread.start();
        thread.join(LIMIT_MS);
        return thread.isAlive()
                ? new Verdict(Verdict.Kind.HUNG, "must be done in 10 s: " + Arrays.toString(thread.getStackTrace()))
                : verdict[0];
    }
}
