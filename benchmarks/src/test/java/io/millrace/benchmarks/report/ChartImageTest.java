package io.millrace.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ChartImageTest {
    private static final Pattern TEXT = Pattern.compile("<text[^>]*>([^<]*)</text>");

    @Test
    void shouldLabelEveryNineWhenThereIsRoom() {
        final List<String> texts = texts(ChartImage.svg(ReportFixture.latency(), 560, "a"));

        assertTrue(texts.containsAll(List.of("50 %", "90 %", "99 %", "99.9 %", "99.99 %", "max")), texts.toString());
    }

    @Test
    void shouldGiveEveryNineTheSameWidthWhenPercentilesArePlaced() {
        final PercentileAxis axis = new PercentileAxis("", new double[] {0, 50, 90, 99, 99.9, 100});

        assertEquals(0, axis.place(0), 1e-9);
        assertEquals(1, axis.place(90), 1e-9);
        assertEquals(2, axis.place(99), 1e-9);
        assertEquals(3, axis.place(99.9), 1e-9);
        assertEquals(4, axis.place(100), 1e-9, "one behind the last");
    }

    @Test
    void shouldWriteTheValueAtEachBarWhenThereAreSome() {
        final Series bars = Series.of("median", List.of("Millrace", "hand-wired & more"), 1.56e6, 1.1e6)
                .withRange(new double[] {1.5e6, 1e6}, new double[] {1.6e6, 1.2e6});

        final List<String> texts = texts(ChartImage.svg(Chart.bars("Rates", "events/s", bars), 560, "a"));

        assertTrue(
                texts.containsAll(List.of("Millrace", "hand-wired &amp; more", "1.56 M", "1.10 M", "events/s")),
                texts.toString());
    }

    @Test
    void shouldKeepLettersAsTextWhenAxesAreLogarithmicOrTurned() {
        final Series line = Series.of("Millrace", new double[] {1, 10, 100}, new double[] {10, 0, 1e4});

        final String svg = ChartImage.svg(
                Chart.lines("Scale", "producers", "events/s", line).withLogX().withLogY(), 560, "a");

        assertTrue(texts(svg).containsAll(List.of("1", "10", "100", "1 k", "10 k", "producers", "events/s")), svg);
        assertFalse(svg.contains("NaN"), "gap for what is not above zero");
    }

    @Test
    void shouldCountProducersInPowersOfTwoWhenAllOfThemAre() {
        final Series line = Series.of("Millrace", new double[] {1, 2, 4, 1024}, new double[] {1, 2, 3, 4});

        final List<String> texts =
                texts(ChartImage.svg(Chart.lines("Scale", "", "", line).withLogX(), 560, "a"));

        assertTrue(texts.containsAll(List.of("1", "2", "4", "512", "1024")), texts.toString());
    }

    @Test
    void shouldWriteTheSameWhenDrawnAgain() {
        assertEquals(
                ChartImage.svg(ReportFixture.latency(), 340, "a"), ChartImage.svg(ReportFixture.latency(), 340, "a"));
    }

    @Test
    void shouldDrawWhatItCanWhenValuesAreMissing() {
        final Series none = Series.of("none", List.of("a", "b"), Double.NaN, 3);
        final Series other = Series.of("none", List.of("c"), 0);

        final String svg = ChartImage.svg(Chart.bars("Gaps", "", none, other).withLogY(), 340, "a");

        assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
    }

    private static List<String> texts(final String svg) {
        return TEXT.matcher(svg).results().map(text -> text.group(1)).toList();
    }
}
