package io.millrace.benchmarks.report;

import java.awt.Graphics2D;
import java.util.List;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.text.TextBlock;
import org.jfree.chart.ui.RectangleEdge;

/** The names of bars, on up to three lines if they are long, in a share of the width that does not depend on what is left. */
final class NamesAxis extends CategoryAxis {
    private static final long serialVersionUID = 1L;
    private static final double SHARE = 0.36;
    private static final double LETTER_WIDTH = 7;
    private static final int LINE_HEIGHT = 15;
    private final float width;
    private final int lines;

    NamesAxis(final List<String> names, final String title, final int chartWidth) {
        final int longest = names.stream().mapToInt(String::length).max().orElse(1);
        width = (float) Math.min(longest * LETTER_WIDTH + LETTER_WIDTH, SHARE * chartWidth);
        lines = Math.min(3, 1 + (int) (longest * LETTER_WIDTH / width));
        ChartLook.dress(this, title);
        setMaximumCategoryLabelLines(3);
        setCategoryMargin(0.25);
        setLowerMargin(0.02);
        setUpperMargin(0.02);
    }

    /** How much of the chart the names take at most. */
    double width() {
        return width;
    }

    /** How high the names are. */
    int height() {
        return lines * LINE_HEIGHT;
    }

    @Override
    @SuppressWarnings("rawtypes") // as inherited
    protected TextBlock createLabel(
            final Comparable category, final float offered, final RectangleEdge edge, final Graphics2D g2) {
        return super.createLabel(category, width, edge, g2);
    }
}
