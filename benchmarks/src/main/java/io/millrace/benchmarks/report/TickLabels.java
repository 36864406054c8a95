package io.millrace.benchmarks.report;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** Chooses which labels have room along an axis, rather than writing one over another. */
final class TickLabels {
    private static final double DIGIT_WIDTH = 7.5;
    private static final double LINE_HEIGHT = 15;

    private TickLabels() {}

    static NumberTick tick(final double place, final String label, final RectangleEdge edge) {
        final TextAnchor anchor = edge == RectangleEdge.LEFT ? TextAnchor.CENTER_RIGHT : TextAnchor.TOP_CENTER;
        return new NumberTick(place, label, anchor, anchor, 0);
    }

    /** Keeps the last one and, from there on back, those with room. */
    static List<NumberTick> thinned(
            final ValueAxis axis, final List<NumberTick> ticks, final Rectangle2D area, final RectangleEdge edge) {
        final List<NumberTick> kept = new ArrayList<>();
        double free = Double.MAX_VALUE;
        for (int i = ticks.size() - 1; i >= 0; i--) {
            final NumberTick tick = ticks.get(i);
            final double place = axis.valueToJava2D(tick.getValue(), area, edge);
            // Upwards the places on the screen become smaller.
            final double along = edge == RectangleEdge.LEFT ? area.getMaxY() - place : place;
            final double half = edge == RectangleEdge.LEFT
                    ? LINE_HEIGHT / 2
                    : (tick.getText().length() + 1) * DIGIT_WIDTH / 2;
            if (along + half <= free) {
                kept.add(tick);
                free = along - half;
            }
        }
        return kept;
    }
}
