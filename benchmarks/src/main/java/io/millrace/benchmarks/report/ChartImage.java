package io.millrace.benchmarks.report;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** A {@link Chart} as SVG of a given width, without its title and note, which are text on the page. */
final class ChartImage {
    private static final int LEGEND_ENTRY_WIDTH = 170;

    static {
        System.setProperty("java.awt.headless", "true");
        // The other way draws letters as outlines.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private ChartImage() {}

    /**
     * Draws it; the name, which no other image of a page has, keeps what is defined in it apart. Throws whatever the JDK
     * throws when it finds no fonts, which is of many kinds.
     */
    static String svg(final Chart chart, final int width, final String name) {
        final int height = height(chart, width);
        final JFreeChart drawing = new JFreeChart(null, null, plot(chart, width), false);
        drawing.setBackgroundPaint(ChartLook.PAPER);
        drawing.setPadding(new RectangleInsets(6, 4, 4, 10));
        if (chart.series().size() > 1) {
            drawing.addSubtitle(legend(drawing.getPlot()));
        }
        final VectorGraphics2D graphics = new VectorGraphics2D();
        drawing.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        return SvgText.clean(svg(graphics, width, height), chart.title(), name, width, height);
    }

    private static Plot plot(final Chart chart, final int width) {
        return chart.type() == Chart.Type.BARS ? BarPlot.of(chart, width) : CurvePlot.of(chart);
    }

    private static int height(final Chart chart, final int width) {
        final int perLine = Math.max(1, width / LEGEND_ENTRY_WIDTH);
        final int series = chart.series().size();
        final int legend = series > 1 ? 22 * ((series + perLine - 1) / perLine) : 0;
        if (chart.type() != Chart.Type.BARS) {
            return legend + Math.max(280, width * 45 / 100);
        }
        final int titles = chart.yTitle().isEmpty() ? 36 : 54;
        return legend + titles + BarPlot.height(chart, width);
    }

    private static LegendTitle legend(final Plot plot) {
        final LegendTitle legend = new LegendTitle(plot);
        legend.setItemFont(ChartLook.LABEL_FONT);
        legend.setItemPaint(ChartLook.INK);
        legend.setBackgroundPaint(null);
        legend.setFrame(BlockBorder.NONE);
        legend.setPosition(RectangleEdge.TOP);
        legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
        return legend;
    }

    private static String svg(final VectorGraphics2D graphics, final int width, final int height) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Processors.get("svg")
                    .getDocument(graphics.getCommands(), new PageSize(0, 0, width, height))
                    .writeTo(out);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
