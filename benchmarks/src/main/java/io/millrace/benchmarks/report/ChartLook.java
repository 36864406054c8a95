package io.millrace.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.ValueAxis;

/**
 * Colours, fonts and strokes of the charts. The ink and paper below are drawn as they are here; {@link SvgText#DARK}
 * turns them for a dark page, the colours of the series do on both.
 */
final class ChartLook {
    static final Color PAPER = new Color(255, 255, 255);
    static final Color INK = new Color(31, 41, 55);
    static final Color FAINT_INK = new Color(92, 102, 117);
    static final Color GRID = new Color(226, 230, 236);
    static final Color MILLRACE = new Color(37, 116, 219);
    static final Color OTHER_BARS = new Color(138, 150, 168);
    static final Font LABEL_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font TITLE_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final BasicStroke HAIRLINE = new BasicStroke(1f);
    static final BasicStroke LINE = new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    private static final List<Color> OTHERS = List.of(
            new Color(214, 119, 28),
            new Color(34, 150, 107),
            new Color(150, 95, 211),
            new Color(207, 68, 94),
            new Color(22, 148, 168),
            new Color(150, 118, 84),
            new Color(120, 132, 150));

    private ChartLook() {}

    /** Blue is Millrace's in every chart that has it, or else of the first. */
    static Color colorOf(final List<String> names, final int index) {
        final int millrace = Math.max(0, indexOfMillrace(names));
        if (index == millrace) {
            return MILLRACE;
        }
        final int other = index < millrace ? index : index - 1;
        return OTHERS.get(other % OTHERS.size());
    }

    static boolean isMillrace(final String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("millrace");
    }

    static void dress(final Axis axis, final String title) {
        axis.setLabel(title.isEmpty() ? null : title);
        axis.setLabelFont(TITLE_FONT);
        axis.setLabelPaint(FAINT_INK);
        axis.setTickLabelFont(LABEL_FONT);
        axis.setTickLabelPaint(INK);
        axis.setTickMarksVisible(false);
        axis.setAxisLinePaint(GRID);
        axis.setAxisLineStroke(HAIRLINE);
        if (axis instanceof ValueAxis values) {
            values.setMinorTickMarksVisible(false);
        }
    }

    private static int indexOfMillrace(final List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (isMillrace(names.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
