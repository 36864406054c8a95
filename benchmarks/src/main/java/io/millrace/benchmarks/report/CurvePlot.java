package io.millrace.benchmarks.report;

import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Lines and percentile curves. */
final class CurvePlot {
    private CurvePlot() {}

    static XYPlot of(final Chart chart) {
        final ValueAxis x;
        final DoubleUnaryOperator place;
        if (chart.type() == Chart.Type.PERCENTILES) {
            final PercentileAxis percentiles = new PercentileAxis(chart.xTitle(), places(chart));
            x = percentiles;
            place = percentiles::place;
        } else {
            x = chart.logX() ? new PowersAxis(chart.xTitle(), places(chart)).padded() : new LinearAxis(chart.xTitle());
            place = DoubleUnaryOperator.identity();
        }
        final ValueAxis y =
                chart.logY() ? new PowersAxis(chart.yTitle(), values(chart)) : new LinearAxis(chart.yTitle());
        final XYPlot plot = new XYPlot(points(chart, place), x, y, renderer(chart));
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(ChartLook.GRID);
        plot.setRangeGridlinePaint(ChartLook.GRID);
        plot.setDomainGridlineStroke(ChartLook.HAIRLINE);
        plot.setRangeGridlineStroke(ChartLook.HAIRLINE);
        return plot;
    }

    private static YIntervalSeriesCollection points(final Chart chart, final DoubleUnaryOperator place) {
        final YIntervalSeriesCollection points = new YIntervalSeriesCollection();
        for (final Series series : chart.series()) {
            final YIntervalSeries line = new YIntervalSeries(series.name(), true, true);
            for (int i = 0; i < series.x().size(); i++) {
                final double y = drawable(chart, series.y().get(i), Double.NaN);
                final double low = series.low().isEmpty()
                        ? y
                        : drawable(chart, series.low().get(i), y);
                final double high = series.high().isEmpty()
                        ? y
                        : drawable(chart, series.high().get(i), y);
                line.add(place.applyAsDouble(number(series.x().get(i))), y, low, high);
            }
            points.addSeries(line);
        }
        return points;
    }

    /** What is not above zero has no place on a logarithmic axis. */
    private static double drawable(final Chart chart, final Double value, final double otherwise) {
        return value == null || chart.logY() && value <= 0 ? otherwise : value;
    }

    private static XYLineAndShapeRenderer renderer(final Chart chart) {
        final boolean ranges =
                chart.series().stream().anyMatch(series -> !series.low().isEmpty());
        final XYLineAndShapeRenderer renderer = ranges ? errorBars() : new XYLineAndShapeRenderer(true, true);
        final List<String> names = chart.series().stream().map(Series::name).toList();
        renderer.setDrawSeriesLineAsPath(true);
        renderer.setDrawOutlines(false);
        for (int i = 0; i < names.size(); i++) {
            renderer.setSeriesPaint(i, ChartLook.colorOf(names, i));
            renderer.setSeriesStroke(i, ChartLook.LINE);
            renderer.setSeriesShape(i, new Ellipse2D.Double(-3, -3, 6, 6));
        }
        return renderer;
    }

    private static XYErrorRenderer errorBars() {
        final XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDefaultLinesVisible(true);
        renderer.setDefaultShapesVisible(true);
        renderer.setDrawXError(false);
        renderer.setErrorStroke(ChartLook.HAIRLINE);
        return renderer;
    }

    private static double[] places(final Chart chart) {
        return chart.series().stream()
                .flatMap(series -> series.x().stream())
                .mapToDouble(CurvePlot::number)
                .toArray();
    }

    private static double[] values(final Chart chart) {
        return chart.series().stream()
                .flatMap(series -> Stream.of(series.y(), series.low(), series.high()))
                .flatMapToDouble(list -> list.stream().filter(Objects::nonNull).flatMapToDouble(DoubleStream::of))
                .toArray();
    }

    private static double number(final Object place) {
        return ((Number) place).doubleValue();
    }
}
