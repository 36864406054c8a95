package io.millrace.benchmarks.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;

/**
 * The usual axis of latency: 1 / (1 - p), logarithmic, so that every further nine has the same width. Places are the
 * number of nines, 0 for 0 % and 3 for 99.9 %. The maximum, 100 %, would be infinitely far; it stands one nine behind the
 * last other percentile.
 */
final class PercentileAxis extends NumberAxis {
    private static final long serialVersionUID = 1L;
    private final double last;
    private final boolean hasMaximum;

    PercentileAxis(final String title, final double[] percentiles) {
        last = lastBelowMaximum(percentiles);
        hasMaximum = Arrays.stream(percentiles).anyMatch(percentile -> percentile >= 100);
        ChartLook.dress(this, title);
        final double first = Arrays.stream(percentiles).min().orElse(0);
        setRange(Math.min(place(first), place(50)) - 0.05, Math.max(hasMaximum ? last + 1 : last, 1) + 0.1);
    }

    /** Where a percentile stands. */
    double place(final double percentile) {
        return percentile >= 100 ? last + 1 : nines(percentile);
    }

    @Override
    public List<NumberTick> refreshTicks(
            final Graphics2D g2, final AxisState state, final Rectangle2D dataArea, final RectangleEdge edge) {
        final List<NumberTick> ticks = new ArrayList<>();
        if (getRange().contains(0)) {
            ticks.add(TickLabels.tick(0, "0 %", edge));
        }
        ticks.add(TickLabels.tick(nines(50), "50 %", edge));
        for (int nines = 1; nines <= last + 1e-9; nines++) {
            ticks.add(TickLabels.tick(nines, label(nines), edge));
        }
        if (hasMaximum) {
            ticks.add(TickLabels.tick(last + 1, "max", edge));
        }
        return TickLabels.thinned(this, ticks, dataArea, edge);
    }

    private static String label(final int nines) {
        return BigDecimal.valueOf(100)
                        .subtract(BigDecimal.ONE.movePointRight(2).movePointLeft(nines))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    private static double nines(final double percentile) {
        return -Math.log10(1 - percentile / 100) + 0.0;
    }

    private static double lastBelowMaximum(final double[] percentiles) {
        return Arrays.stream(percentiles)
                .filter(percentile -> percentile < 100)
                .map(PercentileAxis::nines)
                .max()
                .orElse(1);
    }
}
