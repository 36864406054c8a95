package io.millrace.tools.internal.console;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Numbers as people read them. */
public final class Text {
    private static final double NS_PER_US = TimeUnit.MICROSECONDS.toNanos(1);
    private static final double NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private Text() {}

    /** With thousands separators. */
    public static String number(final long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Nanoseconds as microseconds with one decimal. */
    public static String micros(final long ns) {
        return String.format(Locale.ROOT, "%,.1f", ns / NS_PER_US);
    }

    /** Nanoseconds as milliseconds or seconds, with the unit. */
    public static String duration(final long ns) {
        return ns < TimeUnit.SECONDS.toNanos(1)
                ? String.format(Locale.ROOT, "%.1f ms", ns / (NS_PER_SECOND / 1_000))
                : String.format(Locale.ROOT, "%,.2f s", ns / NS_PER_SECOND);
    }

    /** How many a second, 0 when there was no time. */
    public static long perSecond(final long count, final long ns) {
        return ns <= 0 ? 0 : Math.round(count * NS_PER_SECOND / ns);
    }
}
