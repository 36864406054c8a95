package io.millrace.benchmarks.report;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What VectorGraphics2D writes, made fit for a page: it fits its place, has a name for those who cannot see it, and the
 * same chart gives the same text, so that a commit shows only what changed.
 */
final class SvgText {
    /** Rules that turn ink and paper on a dark screen. */
    static final String DARK = "@media (prefers-color-scheme: dark) {\n"
            + dark(ChartLook.PAPER, "#171c24")
            + dark(ChartLook.INK, "#e5e9f0")
            + dark(ChartLook.FAINT_INK, "#a3adbb")
            + dark(ChartLook.GRID, "#323a46")
            + "}\n";

    private static final Pattern CLIP = Pattern.compile("clip-?\\d+");
    private static final Pattern LONG_FRACTION =
            Pattern.compile("(?<=[\\s\",MLQCHV(-])(\\d+\\.\\d{3,})(?=[\\s\",)LQCZ])");
    private static final String FONT = "'DejaVu Sans', Verdana, 'Segoe UI', Roboto, sans-serif";

    private SvgText() {}

    static String clean(final String svg, final String title, final String name, final int width, final int height) {
        final String inside = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1);
        final String root = String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 %d %d\""
                        + " width=\"%d\" height=\"%d\" font-family=\"%s\" font-size=\"12\">%n<title>%s</title>",
                width,
                height,
                width,
                height,
                FONT,
                Escaped.html(title));
        return root + numberedClips(shortNumbers(inside), name);
    }

    /** For a file of its own, which has no page around it that knows of dark screens. */
    static String standalone(final String svg) {
        return svg.replaceFirst("</title>", "</title>\n<style>\n" + Matcher.quoteReplacement(DARK) + "</style>");
    }

    private static String dark(final Color color, final String instead) {
        final String rgb = "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
        return ".chart [style*=\"fill:" + rgb + "\"] { fill: " + instead + " !important; }\n"
                + ".chart [style*=\"stroke:" + rgb + "\"] { stroke: " + instead + " !important; }\n";
    }

    private static String shortNumbers(final String svg) {
        return LONG_FRACTION
                .matcher(svg)
                .replaceAll(number -> String.format(Locale.ROOT, "%.2f", Double.parseDouble(number.group(1))));
    }

    /** The names that VectorGraphics2D gives are alike in like charts, but a page has them all. */
    private static String numberedClips(final String svg, final String chart) {
        final Map<String, String> names = new LinkedHashMap<>();
        final String prefix = "c" + Integer.toHexString(chart.hashCode()) + "-";
        return CLIP.matcher(svg).replaceAll(clip -> names.computeIfAbsent(clip.group(), any -> prefix + names.size()));
    }
}
