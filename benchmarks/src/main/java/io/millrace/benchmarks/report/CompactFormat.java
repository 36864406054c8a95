package io.millrace.benchmarks.report;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** {@link Readable#shortest} as the axes want it. */
final class CompactFormat extends NumberFormat {
    private static final long serialVersionUID = 1L;

    @Override
    public StringBuffer format(final double number, final StringBuffer text, final FieldPosition position) {
        return text.append(Readable.shortest(number));
    }

    @Override
    public StringBuffer format(final long number, final StringBuffer text, final FieldPosition position) {
        return format((double) number, text, position);
    }

    @Override
    public Number parse(final String source, final ParsePosition position) {
        throw new UnsupportedOperationException("written only");
    }
}
