package io.millrace.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a chart shows, without how it is drawn.
 *
 * @param title what stands above it
 * @param type its shape
 * @param xTitle what x is, with its unit; may be empty
 * @param yTitle what y is, with its unit; may be empty
 * @param logX whether x is logarithmic; of lines only
 * @param logY whether y is logarithmic
 * @param note a sentence below it; may be empty
 * @param series what is drawn
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Chart(
        String title,
        Type type,
        String xTitle,
        String yTitle,
        boolean logX,
        boolean logY,
        String note,
        List<Series> series) {

    /** The shapes a chart can have. */
    public enum Type {
        /** A bar for each named x. */
        @JsonProperty("bars")
        BARS,
        /** Points at numeric x, joined. */
        @JsonProperty("lines")
        LINES,
        /** Latency over percentiles, which stand at 1 / (1 - p). */
        @JsonProperty("percentiles")
        PERCENTILES
    }

    /** Copies the series. */
    public Chart {
        series = List.copyOf(series);
    }

    /**
     * Bars; the x of the series are names.
     *
     * @param title what stands above it
     * @param yTitle what the bars measure, with its unit
     * @param series one or more sets of bars
     * @return the chart
     */
    public static Chart bars(final String title, final String yTitle, final Series... series) {
        return new Chart(title, Type.BARS, "", yTitle, false, false, "", List.of(series));
    }

    /**
     * Lines; the x of the series are numbers.
     *
     * @param title what stands above it
     * @param xTitle what x is, with its unit
     * @param yTitle what y is, with its unit
     * @param series one or more lines
     * @return the chart
     */
    public static Chart lines(final String title, final String xTitle, final String yTitle, final Series... series) {
        return new Chart(title, Type.LINES, xTitle, yTitle, false, false, "", List.of(series));
    }

    /**
     * Latency curves with a logarithmic y; the x of the series are percentiles such as 50, 99 or 99.9.
     *
     * @param title what stands above it
     * @param yTitle what is measured, with its unit
     * @param series one or more curves
     * @return the chart
     */
    public static Chart percentiles(final String title, final String yTitle, final Series... series) {
        return new Chart(title, Type.PERCENTILES, "percentile", yTitle, false, true, "", List.of(series));
    }

    /**
     * The same with a logarithmic x.
     *
     * @return another chart
     */
    public Chart withLogX() {
        return new Chart(title, type, xTitle, yTitle, true, logY, note, series);
    }

    /**
     * The same with a logarithmic y.
     *
     * @return another chart
     */
    public Chart withLogY() {
        return new Chart(title, type, xTitle, yTitle, logX, true, note, series);
    }

    /**
     * The same with a sentence below it.
     *
     * @param sentence the sentence
     * @return another chart
     */
    public Chart withNote(final String sentence) {
        return new Chart(title, type, xTitle, yTitle, logX, logY, sentence, series);
    }
}
