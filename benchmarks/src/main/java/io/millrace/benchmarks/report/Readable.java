package io.millrace.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people like to read them. */
final class Readable {
    private static final String[] STEPS = {"", " k", " M", " G", " T"};

    private Readable() {}

    /** Three digits and a step: 1.10 M. */
    static String compact(final double value) {
        return compact(value, false);
    }

    /** The same without zeros at the end, for axes: 1.1 M. */
    static String shortest(final double value) {
        return compact(value, true);
    }

    private static String compact(final double value, final boolean shortest) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1000) {
            return String.valueOf((long) value);
        }
        double scaled = rounded(value);
        int step = 0;
        while (Math.abs(scaled) >= 1000 && step < STEPS.length - 1) {
            scaled /= 1000;
            step++;
        }
        final String plain = plain(scaled);
        return (shortest && plain.contains(".") ? plain.replaceFirst("\\.?0+$", "") : plain) + STEPS[step];
    }

    /** A figure with the unit that the end of its name tells. */
    static String figure(final String name, final double value) {
        if (name.startsWith("ratio")) {
            return String.format(Locale.ROOT, Math.abs(value) < 0.1 ? "%.3f ×" : "%.2f ×", value);
        }
        if (name.matches(".*_([a-z]ps|per_s|per_second)")) {
            return compact(value) + "/s";
        }
        final String unit = unit(name);
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value) + unit;
        }
        return (Math.abs(value) < 1e3 ? compact(value) : String.format(Locale.ROOT, "%,.0f", value)) + unit;
    }

    /** How much more or less that is than before. */
    static String change(final double before, final double now) {
        if (before == 0 || !Double.isFinite(now / before)) {
            return now == before ? "0.0 %" : "–";
        }
        return String.format(Locale.ROOT, "%+.1f %%", 100 * (now - before) / Math.abs(before));
    }

    /** The name of a figure without its code look. */
    static String name(final String name) {
        return name.replace('_', ' ');
    }

    /** The name of a figure behind its value, which has the unit already. */
    static String nameWithoutUnit(final String name) {
        return name(name.replaceFirst("^ratio_", "").replaceFirst("_([a-z]ps|ns|us|ms)$", ""));
    }

    private static String unit(final String name) {
        if (name.matches("(.*_)?bytes(_.*)?")) {
            return " B";
        }
        if (name.matches(".*_ns(_.*)?")) {
            return " ns";
        }
        if (name.matches(".*_us(_.*)?")) {
            return " µs";
        }
        if (name.matches(".*_ms(_.*)?")) {
            return " ms";
        }
        return name.matches(".*_(s|seconds)") ? " s" : "";
    }

    private static double rounded(final double value) {
        return new BigDecimal(value).round(new MathContext(3)).doubleValue();
    }

    private static String plain(final double value) {
        final double size = Math.abs(value);
        if (size < 1e-4) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        final int before = (int) Math.floor(Math.log10(size)) + 1;
        return new BigDecimal(value)
                .setScale(Math.max(0, 3 - before), RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
