package io.millrace.benchmarks.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;

/**
 * A logarithmic axis with a tick at each power: of two when all values are, as numbers of threads are, else of ten. Its
 * labels are plain text, where those of {@link LogAxis} are drawn as outlines.
 */
final class PowersAxis extends LogAxis {
    private static final long serialVersionUID = 1L;
    private final int powersOf;

    PowersAxis(final String title, final double[] values) {
        final double[] above =
                Arrays.stream(values).filter(value -> value > 0).sorted().toArray();
        powersOf = Arrays.stream(above).allMatch(PowersAxis::isPowerOfTwo) ? 2 : 10;
        ChartLook.dress(this, title);
        setBase(powersOf);
        final double low = above.length == 0 ? 1 : Math.pow(powersOf, Math.floor(exponent(above[0])));
        final double high =
                above.length == 0 ? powersOf : Math.pow(powersOf, Math.ceil(exponent(above[above.length - 1])));
        setSmallestValue(low / 1e3);
        setRange(low, high > low ? high : low * powersOf);
    }

    /** Leaves a bit of room at both ends, so that the first point is not on the other axis. */
    PowersAxis padded() {
        final double room = Math.pow(getUpperBound() / getLowerBound(), 0.03);
        setRange(getLowerBound() / room, getUpperBound() * room);
        return this;
    }

    @Override
    public List<NumberTick> refreshTicks(
            final Graphics2D g2, final AxisState state, final Rectangle2D dataArea, final RectangleEdge edge) {
        final List<NumberTick> ticks = new ArrayList<>();
        final int last = (int) Math.floor(exponent(getUpperBound()));
        for (int power = (int) Math.ceil(exponent(getLowerBound())); power <= last; power++) {
            final double value = Math.pow(powersOf, power);
            ticks.add(TickLabels.tick(value, label(value), edge));
        }
        return TickLabels.thinned(this, ticks, dataArea, edge);
    }

    /** Powers of two in full while they are short: 1024 is not 1 k. */
    private String label(final double value) {
        return powersOf == 2 && value >= 1 && value < 1e5 ? String.valueOf((long) value) : Readable.shortest(value);
    }

    private static boolean isPowerOfTwo(final double value) {
        return value == Math.rint(value) && value < 1L << 40 && Long.bitCount((long) value) == 1;
    }

    private double exponent(final double value) {
        final double exponent = Math.log(value) / Math.log(powersOf);
        // 1000 is 2.9999999999999996 powers of ten.
        return Math.abs(exponent - Math.rint(exponent)) < 1e-9 ? Math.rint(exponent) : exponent;
    }
}
