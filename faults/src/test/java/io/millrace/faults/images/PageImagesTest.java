package io.millrace.faults.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageImagesTest {
    private static final long LIMIT_S = 3;

    @TempDir
    Path directory;

    private final List<Verdict> verdicts = new ArrayList<>();

    private final RoundSink sink = new RoundSink() {
        @Override
        public void ran(final String fault, final Verdict verdict) {
            verdicts.add(verdict);
        }

        @Override
        public void missed(final String fault) {}

        @Override
        public void skipped(final String fault, final String reason) {}
    };

    @Test
    void shouldFindNothingWrongWhenTheJournalIsSound() throws Exception {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);

        PageImages.run(new Rounds(7, 0, 1, 1, deadlineNs, directory), sink);

        assertTrue(verdicts.size() > 1);
        assertEquals(
                List.of(),
                verdicts.stream().filter(verdict -> !verdict.isGood()).toList());
    }

    @Test
    void shouldFindALossWhenWhatWasForcedIsNotThere() throws Exception {
        final Span forced = new Workload(directory, new SplittableRandom(3))
                .run(2).stream()
                        .filter(span -> span.floor().size() < span.full().size())
                        .findFirst()
                        .orElseThrow();
        final ImageDirectory image = new ImageDirectory(directory.resolve("image"));
        new Mixer(forced, image, new SplittableRandom(1)).write(Mixer.Strategy.ALL_OLD, Span.Stage.NONE);

        final Verdict verdict = new ImageCheck(image, forced.full(), forced.full(), new SplittableRandom(1)).run();

        assertEquals(Verdict.Kind.LOST, verdict.kind(), verdict::detail);
    }

    @Test
    void shouldFindWhatWasMadeUpWhenMoreIsThereThanWasAppended() throws Exception {
        final Span forced = new Workload(directory, new SplittableRandom(3))
                .run(2).stream()
                        .filter(span -> span.floor().size() < span.full().size())
                        .findFirst()
                        .orElseThrow();
        final ImageDirectory image = new ImageDirectory(directory.resolve("image"));
        new Mixer(forced, image, new SplittableRandom(1)).writeAllNew();

        final Verdict verdict = new ImageCheck(image, forced.floor(), forced.floor(), new SplittableRandom(1)).run();

        assertEquals(Verdict.Kind.SILENT, verdict.kind(), verdict::detail);
    }
}
