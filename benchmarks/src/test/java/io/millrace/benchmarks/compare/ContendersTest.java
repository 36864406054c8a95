package io.millrace.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.contest.Contender;
import io.millrace.contest.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContendersTest {
    private static final Work WORK = new Work(1_000, 20_000, 3);

    @TempDir
    private Path folder;

    static List<String> all() {
        return Rivals.OWN;
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldComeToTheExpectedAnswerWhenRunMoreThanOnce(final String key) throws Exception {
        final Contender contender = Rivals.create(key, new Options());

        for (int run = 0; run < 2; run++) {
            final Contender.Live live = contender.live(Files.createTempDirectory(folder, key), WORK);

            assertEquals(WORK.expected(), live.answer());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldComeToTheSameStateWhenReplayed(final String key) throws Exception {
        final Contender contender = Rivals.create(key, new Options());
        if (!contender.replays()) {
            return;
        }
        final Path journal = Files.createTempDirectory(folder, key);
        contender.live(journal, WORK);

        final Contender.Replay replay = contender.replay(journal, WORK);

        assertEquals(WORK.expected().events(), replay.events());
        assertEquals(WORK.expected().stateHash(), replay.stateHash());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldSayWhoItIsAndHowItIsSetUp(final String key) {
        final Contender contender = Rivals.create(key, new Options());

        assertEquals(key, contender.key());
        assertEquals(false, contender.title().isBlank());
        assertEquals(false, contender.settings().isEmpty());
    }
}
