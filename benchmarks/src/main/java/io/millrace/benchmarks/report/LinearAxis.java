package io.millrace.benchmarks.report;

import org.jfree.chart.axis.NumberAxis;

/** An axis from zero, or from below if something is. */
final class LinearAxis extends NumberAxis {
    private static final long serialVersionUID = 1L;

    LinearAxis(final String title) {
        ChartLook.dress(this, title);
        setNumberFormatOverride(new CompactFormat());
        setAutoRangeIncludesZero(true);
    }
}
