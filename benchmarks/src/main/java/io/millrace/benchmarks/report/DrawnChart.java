package io.millrace.benchmarks.report;

/**
 * A chart with its images; without them where the JDK finds no fonts to measure, then the values stand in their place.
 *
 * @param chart what it shows
 * @param wide SVG for a screen, null if it could not be drawn
 * @param narrow SVG for a phone, null if it could not be drawn
 * @param file name of the file that the Markdown page shows
 */
record DrawnChart(Chart chart, String wide, String narrow, String file) {
    private static final int WIDE = 560;
    private static final int NARROW = 340;

    static DrawnChart draw(final Chart chart, final String file) {
        try {
            return new DrawnChart(
                    chart,
                    ChartImage.svg(chart, WIDE, file + " wide"),
                    ChartImage.svg(chart, NARROW, file + " narrow"),
                    file);
        } catch (final RuntimeException | Error e) {
            // A JDK without fonts fails with a plain Error, a LinkageError or a NullPointerException, by what is
            // missing.
            System.err.println("The chart \"" + chart.title() + "\" could not be drawn, its values are a table: " + e);
            return new DrawnChart(chart, null, null, file);
        }
    }

    boolean isDrawn() {
        return wide != null;
    }
}
