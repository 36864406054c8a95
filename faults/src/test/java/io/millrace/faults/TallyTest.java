package io.millrace.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.faults.kill.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TallyTest {
    private static final long SEED = 1;

    private final AtomicInteger steps = new AtomicInteger();
    private final Tally tally = new Tally(steps::incrementAndGet);

    private LayerResult result() {
        return LayerResult.of(Layers.ALL.get(0), "aaaa", SEED, 0, tally);
    }

    @Test
    void shouldCountOnlyWhatCameToPassAsARun() {
        tally.ran("kill", Verdict.recovered());
        tally.missed("kill");
        tally.skipped("power loss", "root is missing");

        assertArrayEquals(new long[] {1, 1, 0, 0, 0, 0, 1}, result().total());
        assertEquals("root is missing", result().skipped().get("power loss"));
        assertEquals(1, steps.get());
        assertTrue(result().isGood());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RECOVERED")
    void shouldNotBeGoodWhenOneRunAmongManyIsBad(final Verdict.Kind kind) {
        for (int i = 0; i < 100; i++) {
            tally.ran("kill", i == 50 ? new Verdict(kind, "what") : Verdict.recovered());
        }

        assertFalse(result().isGood());
        assertEquals(99, result().total()[LayerResult.CAUGHT]);
        assertEquals(List.of("kill: " + kind + ": what"), result().found());
    }

    @Test
    void shouldCountAllWhenMoreIsFoundThanIsTold() {
        for (int i = 0; i < 1000; i++) {
            tally.ran("kill", new Verdict(Verdict.Kind.LOST, "what"));
        }

        assertEquals(1000, result().total()[LayerResult.LOST]);
        assertTrue(result().found().size() < 1000);
    }

    @Test
    void shouldNotBeGoodWhenTheHarnessBreaksOff() {
        tally.ran("kill", Verdict.recovered());
        tally.broke(new IOException("no space"));

        assertFalse(result().isGood());
        assertEquals(1, result().total()[LayerResult.RUNS]);
    }
}
