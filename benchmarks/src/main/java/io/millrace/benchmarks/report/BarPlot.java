package io.millrace.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.data.Range;
import org.jfree.data.category.DefaultCategoryDataset;

/** Lying bars: their names have room, on a narrow page too. */
final class BarPlot {
    /** A value such as 1.23 M in the font of the labels, and the gap before it. */
    private static final double LABEL_WIDTH = 58;

    private static final double MARGINS = 24;
    private static final int BAR = 22;
    private static final int GAP = 8;

    private BarPlot() {}

    static CategoryPlot of(final Chart chart, final int width) {
        final BarValues values = BarValues.of(chart);
        final NamesAxis names = new NamesAxis(values.categories(), chart.xTitle(), width);
        final RangedBars bars = new RangedBars(chart, values);
        final ValueAxis axis = axis(chart, values, LABEL_WIDTH / (width - names.width() - MARGINS));
        if (axis instanceof PowersAxis) {
            bars.setBase(axis.getLowerBound());
        }
        final CategoryPlot plot = new CategoryPlot(dataset(values), names, axis, bars);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(ChartLook.GRID);
        plot.setRangeGridlineStroke(ChartLook.HAIRLINE);
        return plot;
    }

    /** How high the bars are together. */
    static int height(final Chart chart, final int width) {
        final List<String> categories = BarValues.of(chart).categories();
        final int names = new NamesAxis(categories, "", width).height() + GAP;
        return categories.size() * Math.max(names, 14 + BAR * chart.series().size());
    }

    private static DefaultCategoryDataset dataset(final BarValues values) {
        final DefaultCategoryDataset dataset = new DefaultCategoryDataset();
        for (int row = 0; row < values.series().size(); row++) {
            for (int column = 0; column < values.categories().size(); column++) {
                final String category = values.categories().get(column);
                dataset.addValue(values.value(row, column), name(values, row), category);
            }
        }
        return dataset;
    }

    /** Rows need different names. */
    private static String name(final BarValues values, final int row) {
        final String name = values.series().get(row).name();
        final boolean again = values.series().subList(0, row).stream()
                .anyMatch(before -> before.name().equals(name));
        return again || name.isEmpty() ? (name + " " + (row + 1)).trim() : name;
    }

    /** Leaves the given share of its length free behind the longest bar, for its value. */
    private static ValueAxis axis(final Chart chart, final BarValues values, final double free) {
        final double[] all = values.all();
        final double highest = Arrays.stream(all).max().orElse(1);
        if (chart.logY() && highest > 0) {
            return logarithmic(chart, all, highest, free);
        }
        final ValueAxis axis = new LinearAxis(chart.yTitle());
        final double lowest = Math.min(0, Arrays.stream(all).min().orElse(0));
        final double span = highest > lowest ? highest - lowest : 1;
        axis.setRange(new Range(lowest, Math.max(highest, lowest + span) + span * free / (1 - free)));
        return axis;
    }

    private static ValueAxis logarithmic(
            final Chart chart, final double[] all, final double highest, final double free) {
        final ValueAxis axis = new PowersAxis(chart.yTitle(), all);
        final double low = axis.getLowerBound();
        final double lowest =
                Arrays.stream(all).filter(value -> value > 0).min().orElse(1);
        // The shortest bar shall be seen as well.
        final double from = lowest > low * 1.5 ? low : low / 10;
        axis.setRange(from, highest * Math.pow(highest / from, free / (1 - free)));
        return axis;
    }
}
