package io.millrace.benchmarks.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.CategoryDataset;

/** Lying bars with the value behind each and, where there is a range, a thin line along it. */
final class RangedBars extends BarRenderer {
    private static final long serialVersionUID = 1L;
    private static final double GAP = 5;
    private final transient BarValues values;
    private final transient List<String> names;

    RangedBars(final Chart chart, final BarValues values) {
        this.values = values;
        names = chart.series().stream().map(Series::name).toList();
        setBarPainter(new StandardBarPainter());
        setShadowVisible(false);
        setDrawBarOutline(false);
        setItemMargin(0.12);
        setMaximumBarWidth(1);
        for (int i = 0; i < names.size(); i++) {
            setSeriesPaint(i, ChartLook.colorOf(names, i));
        }
    }

    /** In a chart of one series the bars named Millrace stand out. */
    @Override
    public Paint getItemPaint(final int row, final int column) {
        if (names.size() > 1) {
            return super.getItemPaint(row, column);
        }
        final boolean millrace = ChartLook.isMillrace(values.categories().get(column));
        final Color color = millrace || !values.hasMillrace() ? ChartLook.MILLRACE : ChartLook.OTHER_BARS;
        return color;
    }

    @Override
    public void drawItem(
            final Graphics2D g2,
            final CategoryItemRendererState state,
            final Rectangle2D area,
            final CategoryPlot plot,
            final CategoryAxis domain,
            final ValueAxis range,
            final CategoryDataset dataset,
            final int row,
            final int column,
            final int pass) {
        super.drawItem(g2, state, area, plot, domain, range, dataset, row, column, pass);
        final Number value = dataset.getValue(row, column);
        final int visibleRow = state.getVisibleSeriesIndex(row);
        if (value == null || visibleRow < 0) {
            return;
        }
        final double start = calculateBarW0(plot, PlotOrientation.HORIZONTAL, area, domain, state, visibleRow, column);
        final double middle = start + state.getBarWidth() / 2;
        final BarValues.Range ends = values.range(row, column);
        final double low = range.valueToJava2D(ends.low(), area, plot.getRangeAxisEdge());
        final double high = range.valueToJava2D(ends.high(), area, plot.getRangeAxisEdge());
        if (high > low) {
            drawRange(g2, low, high, middle);
        }
        drawValue(g2, value.doubleValue(), high, middle);
    }

    private static void drawRange(final Graphics2D g2, final double low, final double high, final double middle) {
        g2.setPaint(ChartLook.INK);
        g2.setStroke(ChartLook.HAIRLINE);
        g2.draw(new Line2D.Double(low, middle, high, middle));
        g2.draw(new Line2D.Double(low, middle - 3, low, middle + 3));
        g2.draw(new Line2D.Double(high, middle - 3, high, middle + 3));
    }

    private static void drawValue(final Graphics2D g2, final double value, final double end, final double middle) {
        g2.setPaint(ChartLook.INK);
        g2.setFont(ChartLook.LABEL_FONT);
        g2.drawString(Readable.compact(value), (float) (end + GAP), (float) (middle + 4));
    }
}
